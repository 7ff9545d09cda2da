"""The names of meta elements: Open Graph, Dublin Core, and those of tools and publishers."""

from __future__ import annotations

META: dict[str, tuple[str, ...]] = {
    "title": (
        *("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"),
        *("headline", "title"),
    ),
    "description": ("og:description", "description", "twitter:description", "dc.description", "sailthru.description"),
    "author": (
        *("author", "article:author", "article:author_name", "og:article:author", "dc.creator", "dcterms.creator"),
        *("parsely-author", "sailthru.author", "byl", "cxenseparse:author", "article.author", "authors"),
        *("article:authors", "article:author:name", "article_author", "article-author", "author_name", "author-name"),
        *(
            "authorname",
            "authors_name",
            "og:author",
            "ia:author",
            "vr:author",
            "bt:author",
            "mrf:authors",
            "mrf:author",
        ),
        *("news_author", "page_author", "content-author", "content_author", "citation_author", "citation_authors"),
        *("byline", "dc.contributor", "dcterms.contributor", "cxenseparse:byline", "cxenseparse:pub-author"),
        *("shareaholic:article_author_name", "rbauthor", "dable:author", "twitter:creator:name", "writer", "reporter"),
        *("dcsext.author", "twitter:author", "story_author", "post_author", "search:author", "lp.article:author"),
    ),
    "publication": (
        *("og:site_name", "citation_journal_title", "prism.publicationname", "application-name", "dc.publisher"),
        *("dcterms.publisher", "publisher", "apple-mobile-web-app-title"),
    ),
    "section": (
        *("article:section", "og:article:section", "section", "parsely-section", "sailthru.section"),
        *("cxenseparse:category", "dcterms.subject"),
    ),
    "published": (
        *("article:published_time", "og:article:published_time", "article:published", "article.published"),
        *("datepublished", "date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created"),
        *("parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "prism.publicationdate"),
        *("publish-date", "publish_date", "published-date", "publication_date", "pubdate", "pub_date"),
        *("originalpublicationdate", "article_date_original", "cxenseparse:recs:publishtime"),
        *("cxenseparse:publishtime", "shareaholic:article_published_time", "og:published_time", "og:pubdate"),
    ),
    "modified": (
        *("article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "article:modified"),
        *("dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "revised", "parsely-updated-date"),
        "shareaholic:article_modified_time",
    ),
    "keywords": ("keywords", "news_keywords", "article:tag", "og:article:tag", "parsely-tags", "sailthru.tags"),
    "address": ("og:url", "twitter:url", "parsely-link", "dc.identifier.uri"),
    "picture": ("og:image", "og:image:url", "twitter:image", "twitter:image:src"),
    "language": ("og:locale", "content-language", "dc.language", "dcterms.language", "language", "inlanguage"),
    "rights": ("copyright", "dc.rights", "dcterms.rights", "dcterms.rightsholder", "rights", "license"),
}
"""What → the names under which pages declare it, the most trustworthy first."""
