"""Adobe Experience League: a repository a locale, pages pinned to a commit of the source.

Its Markdown wears bracketed keywords (`[!DNL Name]`, `[!UICONTROL Label]`, `>[!NOTE]`), and its
translation pipeline adds the pin and the human share to the front matter of every page.
"""

from __future__ import annotations

from bilint.model.document import SegmentKind, TokenKind
from bilint.model.profile import LinkPolicy, Profile

_TITLE, _DESCRIPTION = SegmentKind.TITLE, SegmentKind.DESCRIPTION

EXPERIENCE_LEAGUE = Profile(
    name="experience-league",
    id_keys=("exl-id",),
    pin_keys=("source-git-commit",),
    workflow_keys=("workflow-type", "translation-type"),
    human_share_keys=("ht-degree",),
    word_count_keys=("source-wordcount",),
    text_keys={
        "title": _TITLE,
        "description": _DESCRIPTION,
        "short-description": _DESCRIPTION,
        "landing-page-description": _DESCRIPTION,
        "user-guide-title": _TITLE,
        "user-guide-description": _DESCRIPTION,
        "breadcrumb-title": _TITLE,
    },
    pipeline_keys=frozenset(
        (
            "source-git-commit",
            "workflow-type",
            "translation-type",
            "source-wordcount",
            "ht-degree",
        )
    ),
    free_keys=frozenset(
        (
            # The pipeline writes dates as full timestamps.
            "last-update",
            "last-substantial-update",
            # Tags of the publishing system: it drops their inner keys and adds tags of its own.
            "TQID",
            "autotag-review",
            "feature_v2",
            "industry_v2",
            "level_v2",
            "product_v2",
            "role_v2",
            "subfeature_v2",
            "topic_v2",
            # Translated words beside others that are not.
            "keywords",
            "landing-page-breadcrumb-title",
            "landing-page-name",
            "user-guide-breadcrumb",
        )
    ),
    # `badge`, `badgePaas`, ...: each holds a label, which is translated, and a link. Older pages
    # have `seo-title` and `seo-description`, which are translated on some and not on others.
    free_key_prefixes=("badge", "seo-"),
    human_workflows=frozenset(("ht",)),
    keyword_tokens={
        "DNL": TokenKind.DNL,
        "UICONTROL": TokenKind.UICONTROL,
        "TAB": TokenKind.TAB,
        "BADGE": TokenKind.BADGE,
        "VIDEO": TokenKind.VIDEO,
    },
    alerts=frozenset(
        (
            "ADMIN",
            "AVAILABILITY",
            "BEGINSHADEBOX",
            "BEGINTABS",
            "CAUTION",
            "CONTEXTUALHELP",
            "DONOTLOCALIZE",
            "ENDSHADEBOX",
            "ENDTABS",
            "ERROR",
            "IMPORTANT",
            "INFO",
            "MORELIKETHIS",
            "NOTE",
            "PREREQUISITES",
            "SUCCESS",
            "TIP",
            "WARNING",
        )
    ),
    verbatim_alerts=frozenset(("DONOTLOCALIZE",)),
    page_suffixes=(".md",),
    navigation_names=frozenset(("TOC.md",)),
    redirects="redirects.csv",
    message_pin=r"core(?:/source)? commit (?:https://\S+/commit/)?([0-9a-f]{7,64})\b",
    robot_message=(
        r"^(?:Updated by task '(?:AutomatedMDTask|AUTO_TM_MT)_|Updated by \w+\.py\b"
        r"|Sync(?:ed)? (?:non.locali[sz]|deleted files)|Creating new file for core commit)"
    ),
    links=LinkPolicy(
        language_parameters=frozenset(("lang", "language", "locale", "hl", "captions")),
        language_names={
            "da": frozenset(("dk",)),
            "en": frozenset(("us", "uk", "gb")),
            "ja": frozenset(("jp",)),
            "ko": frozenset(("kr",)),
            "pt": frozenset(("br",)),
            "sv": frozenset(("se",)),
            "zh": frozenset(("cn", "tw", "hans", "hant")),
        },
        localized_media=frozenset(("video.tv.adobe.com",)),
        placed_fragments=(":~:", "tab=", "_blank", "!"),
        including=(b"{{$include",),
    ),
)
