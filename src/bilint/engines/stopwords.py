"""Function words: the small closed classes that give a language away without any model.

Articles, prepositions, pronouns, conjunctions and auxiliaries, chosen by hand for written
technical prose. What two languages share (Dutch `is`, French `on`) tells nothing between them
and must be left out by who compares them: see `telling_words`.
"""

from __future__ import annotations

from functools import lru_cache

from bilint.model.language import primary_language

_LISTS = {
    "en": """
        a about above after all also although an and any are as at be because been before being
        below between both but by can cannot could did do does doing down during each either
        every for from had has have having he her here his how however i if in into is it its
        itself least less many may me might more most much must my neither no nor not of off on
        once only onto or other our over own per please rather same shall she should since so
        some such than that the their them then there therefore these they this those through
        throughout to too under unless until up upon us via was we were what when where whether
        which while who whom whose why will with within without would you your yours
        """,
    "it": """
        a abbia ad agli ai al alla alle allo anche ancora avere ha hanno che chi ci cioè come con
        così cui da dagli dai dal dalla dalle dallo degli dei del dell della delle dello di dopo
        dove due durante e ed essere fino fra già gli i il in invece io l la le lo loro ma mentre
        meno molto ne negli nei nel nell nella nelle nello nessun nessuna non o ogni oltre oppure
        per perché però più poi possono prima puoi può qualsiasi quale quali quando quello questa
        queste questi questo qui quindi se sei sempre senza si sia siano sono sotto su sua sue
        sugli sui sul sull sulla sulle suo suoi tra tramite tutte tutti un una uno verso viene
        vengono è
        """,
    "fr": """
        à afin ainsi alors après au aucun aucune aussi autre autres aux avant avec avez avoir bien
        car ce cela celle ces cet cette ceux chaque chez comme comment c d dans de depuis des deux
        doit doivent donc dont du elle elles en entre est et être eux fait il ils j je jusqu l la
        laquelle le lequel les lesquels leur leurs lors lorsque lui mais même n ne ni non nos notre
        nous ou où par pas pendant permet peut peuvent peu plus plusieurs pour pouvez puis qu quand
        que quel quelle quelles quels qui s sa sans se selon sera seront ses si soit son sont sous
        sur tous tout toute toutes un une vers via vos votre vous y été an as on or
        """,
    "de": """
        ab aber alle allen aller alles als also am an auch auf aus bei beim bereits bis da dabei
        damit dann daran daraus das dass dem den denen denn der deren des dessen die dies diese
        diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines entweder er es
        etwa für gegen gibt hat haben hier hinter ihr ihre ihrem ihren ihrer ihres im in indem
        innerhalb ist ja jede jedem jeden jeder jedes jedoch kann kein keine keinen können könnte
        mehr mit muss müssen nach nachdem nicht noch nur ob oder ohne pro sein seine sich sie sind
        so sobald sodass soll sollte sollten sondern sowie sowohl über um und uns unser unter vom
        von vor war waren was weil welche welcher welches wenn werden wie wird wir wo wurde wurden
        zu zum zur zwischen will
        """,
    "es": """
        a además al algún alguna algunos ante antes aquí así aunque cada como con contra cual cuales
        cualquier cuando cuál cómo de debe deben del desde después donde dos durante e el ella ellos
        en entonces entre era es esa ese eso esta estas este esto estos está están fue ha haber
        hacia han hasta hay la las le les lo los luego mientras mismo muy más ni no nos nuestra
        nuestro o otra otras otro otros para pero por porque posible puede pueden que quien qué se
        sea según ser si sido sin sino sobre solo son su sus sólo también tanto tiene tienen toda
        todas todo todos tras tu un una uno unos usted y ya él he has
        """,
    "pt": """
        a ainda ao aos apenas após as assim até cada com como contra da das de deve devem depois
        desde dessa desse desta deste do dos durante e ela ele eles em entre era essa essas esse
        esses esta estas este estes está estão foi foram há isso isto já lhe mais mas mesmo muito na
        nas nem no nos nossa nosso não o onde os ou para pela pelas pelo pelos pode podem por porque
        porém quais qual qualquer quando que quem se seja sem ser será seu seus sob sobre sua suas
        são só também tanto tem ter todas todo todos toda tudo têm um uma umas uns você vocês à às é
        for
        """,
    "nl": """
        aan al alle alleen als andere beide bij binnen boven daar daarna dan dat de deze die dit
        door dus echter een eerst elk elke en er geen gebruikt hebben heeft hem het hier hoe hun
        iedere ik in indien is je jouw kan kunnen kunt maar meer met mijn moet moeten na naar naast
        niet nog of om onder ons onze ook op over per te tegen terwijl tijdens toe tot tussen u uit
        uw van vanaf vanuit via voor voordat waar waarbij waardoor waarin wanneer want wat we welke
        wie wij worden wordt zal ze zich zij zijn zo zoals zodat zonder zou had heb was
        """,
    "sv": """
        all alla alltid andra att av bara blir bli båda de dem den denna deras dess dessa det detta
        dig din ditt dina där därför efter eftersom ej eller en ett finns flera från få får för före
        genom ha han har hon hos hur här i igen in inga ingen inget innan inte ni ned inom kan
        kommer kunna man med medan mellan men mer mot mycket måste nu några när och också om oss på
        sedan sig sin sina sitt ska skall som så sådan till trots under upp ur utan utanför vad var
        varje vara vart varför via vid vilka vilken vilket vill är än även över her
        an
        """,
    "pl": """
        aby albo ale ani bez by być był była było były bądź co czy dla do dlatego gdy gdzie go i ich
        im innych ja jak jako je jednak jednej jego jej jest jeśli jeżeli już każda każdego każdy
        każde kiedy która które którego której którym których który którzy lub ma mają mi mogą może
        możesz można między musi muszą na nad nie niej niego nich nim niż o od ona oni oraz po pod
        podczas ponieważ poprzez potem pozwala przed przez przy są się sposób ta tak także tam te
        tego tej temu ten to tych tylko tym u w we więc wiele wszystkich wszystkie z za ze została
        zostały zostanie że żeby
        """,
    "da": """
        af alle andet at blev bliver da de dem den denne der deres derfor det dette dig din du efter
        eller en end er et for fordi fra først gennem ham han har havde hun hver hvis hvor hvordan
        hvilke hvilken i igen ikke ind indtil ingen jeg kan kun kunne man med mellem men mens mere
        mod må når ned nogle nu og også om op over på samt sig sin sine skal skulle som så til ud
        uden under ved vi vil være var have her an to
        """,
    "no": """
        alle andre at av ble bli blir bort da de dem den denne der deres derfor det dette din du
        dere eller en enn er et etter for fordi fra før gjennom ham han har hun hver hvis hvor
        hvordan hvilke hvilken i igjen ikke ingen inn jeg kan kun kunne man med mellom men mens mer
        mot må når ned noen nå og også om opp over på samt seg sin sine skal skulle som så til under
        uten ut ved vi vil være var be her an to
        """,
    "fi": """
        ei eivät ennen että hän ilman ja joka jokaisen jonka jos jossa jota jotka kaikki kanssa
        koska kuin kun kuten myös mukaan mutta muut ne niiden niitä niin nämä näiden näitä ole olet
        oli on ovat sekä se sen sitten sitä siitä tai tämä tämän tässä tätä vain voi voidaan voit
        voivat välillä
        """,
    "cs": """
        aby ale ani asi až bez bude budou by byl byla byly bylo být co další do i ho jak jako je
        jeho jejich její jen ještě jsou kde kdy když které který která kterou kterého kterých
        lze mezi mohou může můžete na nad ne nebo nebyl není než o od po pod podle pokud pouze
        pro proto přes před při s se si tak také tato tedy ten tento této tím to tohoto tom toto
        tyto u v vám vaše ve však všechny z za ze že
        """,
    "hu": """
        a abban ahol akkor amely amelyek amelyet amikor az azok azt be csak de egy egyes ehhez
        el ennek és ez ezek ezt ezzel fel ha hanem hogy illetve is kell kerül ki közötti között
        lehet mely mert mint minden más meg nem olyan pedig szerint számára után vagy van vannak
        való
        """,
    "ro": """
        a acest această aceste acestea al ale am ar are asupra au ca care că ce cel cele cu către
        când cum da dacă de deci despre din dintre după ei el este fi fie fiecare fără iar
        in în îi își la le lor lui mai nu o oricare pe pentru poate pot prin sa sale sau se sub
        sunt și toate un una unde unei unui va vor
        """,
    "tr": """
        ama ancak bir birlikte bu bunlar bunun çok da daha de değil diğer en fakat gibi göre
        hangi hem her için ile ise kadar ki mi nasıl ne olan olarak oldu olduğunu olur onu sadece
        sonra tüm üzerinde üzerinden var ve veya ya yalnızca
        """,
    "id": """
        ada adalah agar akan anda antara apa atas atau bagi bahwa bisa dalam dan dapat dari dengan
        di harus hanya ini itu jika juga karena ke kepada ketika lebih maka mereka namun oleh pada
        saat sebagai sebelum secara semua seperti serta setelah setiap sudah telah tentang
        terhadap tersebut tidak untuk yang
        """,
}

_ALIKE = {
    "en": """
        car come con den die dig do door due end far fine for go hat her in jest led man me men
        over pas per plus pour pro sea sin so sole son sur till toe tout under van via want war
        was were
        """,
}
"""Words that are written the same in the language and are function words of another."""

_NORWEGIAN = {"nb": "no", "nn": "no"}

_OWN_SCRIPT = "am ar bg bn el fa gu he hi hy ja ka km kn ko ml mr my ne pa ru si ta te th uk ur zh"


@lru_cache(maxsize=64)
def function_words(tag: str) -> frozenset[str]:
    """The function words of a language, in lower case; empty for a language without a list."""
    language = primary_language(tag)
    return frozenset(_LISTS.get(_NORWEGIAN.get(language, language), "").split())


@lru_cache(maxsize=256)
def telling_words(source: str, target: str) -> tuple[frozenset[str], frozenset[str]]:
    """The function words that tell two languages apart: those of each that the other lacks."""
    ours, theirs = function_words(source), function_words(target)
    alike = frozenset(_ALIKE.get(primary_language(source), "").split())
    return ours - theirs, theirs - ours - alike


def latin_script(tag: str) -> bool:
    """Whether a language is written in Latin letters, so that script tells nothing from English."""
    return primary_language(tag) not in _OWN_SCRIPT.split()
