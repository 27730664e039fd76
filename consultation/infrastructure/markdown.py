"""Small Markdown: emphasis, lists, quotes and links; rendered once at writing, then sanitised."""

import html
import re

import nh3
from markdown_it import MarkdownIt

_markdown = MarkdownIt("zero", {"linkify": False, "breaks": True}).enable(
    ["emphasis", "list", "blockquote", "link", "newline", "escape", "autolink", "entity"]
)
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "br"}
_ENDS_OF_BLOCKS = re.compile(r"</(?:p|li|blockquote)>|<br[^>]*>")


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


def plain(rendered_html: str) -> str:
    """What can be read of a text rendered here: no markup, and a line end where a paragraph or an item ends."""
    return html.unescape(nh3.clean(_ENDS_OF_BLOCKS.sub("\n", rendered_html), tags=set())).strip()
