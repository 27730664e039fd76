"""Small Markdown: emphasis, lists, quotes and links; rendered once at writing, then sanitised."""

import nh3
from markdown_it import MarkdownIt

_markdown = MarkdownIt("zero", {"linkify": False, "breaks": True}).enable(
    ["emphasis", "list", "blockquote", "link", "newline", "escape", "autolink", "entity"]
)
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "br"}


def rendered(source: str) -> str:
    """Safe HTML of a text: no image, no raw HTML, links by http and https only."""
    return nh3.clean(
        _markdown.render(source),
        tags=_TAGS,
        attributes={"a": {"href"}, "*": set()},  # a title would say what no reader and no moderator sees
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel="nofollow noopener noreferrer ugc",
    ).strip()
