"""Foundation of the readers: guards against hostile files, and the way from the parts of a document
to the Markdown of a report.

    guards    sizes, and errors of libraries as refusals
    archives  members of ZIP files, and compressed data, in bounded memory
    xml_parts XML without entities, in bounded memory and depth
    runs      formatted text as inline Markdown, in which no character is lost
    parts     paragraphs, tables and losses as the body of a report, with issues that name places

    encodings the encoding of a Korean text
    html_blocks, html_tables
              HTML as parts, with the elements around each
    page_facts, page_regions, script_bodies
              what a page says of its article, and where on the page that is
    mail_text headers and bodies of mails

A reader turns its file into parts, in the order of the text, and returns `parts.incoming_report`:

    def read(data: bytes, name: str) -> IncomingReport:
        guards.check_size(data, name)
        return incoming_report("html", FrontMatter(title="제목"), [
            TextPart((Run("유엔은 "), Run("서한", strong=True), Run("을 냈다."))),
            Loss(MESSAGES("picture")),  # its place is the part before it
            TablePart((((Run("이름"),), (Run("나이"),)),), heads=1),
        ])
"""
