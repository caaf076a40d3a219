"""Pages of the web on which stories are published: their text, and its comparison with a story.

Invariant: quotes, dashes, spaces and entities make no difference. A page that does not show the
story as a whole is called unreadable, not different.

    decoding    the character encoding of a page
    html_text   the visible text of a page
    folding     texts without differences that readers do not see
    parts       the parts of a story that a page should show
    finding     where the parts are on a page
    leftovers   what a page shows besides
    comparison  differences between a story and a page
    carrying    a text of a page with the markup of the paragraph that it was made from
"""
