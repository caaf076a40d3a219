"""Foundation of the readers: guards against hostile files, and the way from the parts of a document
to the Markdown of a report.

    guards    sizes, and errors of libraries as refusals
    archives  members of ZIP files, and compressed data, in bounded memory
    xml_parts XML without entities, in bounded memory and depth
    spans     formatted text as inline Markdown, in which no character is lost
    parts     paragraphs, tables and losses as the body of a report, with issues that name places

A reader turns its file into parts, in the order of the text, and returns `parts.incoming_report`:

    def read(data: bytes, name: str) -> IncomingReport:
        guards.check_size(data, name)
        return incoming_report("html", FrontMatter(title="제목"), [
            Paragraph((Span("유엔은 "), Span("서한", strong=True), Span("을 냈다."))),
            Lost(MESSAGES("picture")),  # its place is the part before it
            Table((((Span("이름"),), (Span("나이"),)),), heads=1),
        ])
"""
