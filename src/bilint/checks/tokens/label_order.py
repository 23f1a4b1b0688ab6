"""Labels that stand before the part of the screen that bears them, as in English.

English says `the **Smart List** tab`; Italian, French, Spanish and Portuguese put the tab first. A
machine that translated word by word left the label between the article and its noun, whatever it
made of the label itself, or began its sentence anew behind the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bilint.checks.changed import SURE, at_places, target_data
from bilint.checks.tokens.syntax import unwrapped, word_set
from bilint.checks.tokens.word_order import articles
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_LANGUAGES = ("es", "fr", "it", "pt")
_TABLE = """
action|acción acciones|action actions|azione azioni|ação ações
activity|actividad actividades|activité activités|attività|atividade atividades
address|dirección direcciones|adresse adresses|indirizzo indirizzi|endereço endereços
area|área áreas zona|zone zones|area aree|área áreas
argument|argumento argumentos|argument arguments|argomento argomenti|argumento argumentos
array|matriz matrices|tableau tableaux|array matrice|matriz
attribute|atributo atributos|attribut attributs|attributo attributi|atributo atributos
bar|barra barras|barre barres|barra barre|barra barras
block|bloque bloques|bloc blocs|blocco blocchi|bloco blocos
box|cuadro cuadros casilla|boîte zone case|casella caselle finestra|caixa caixas
branch|rama ramas|branche branches|ramo rami|ramificação
button|botón botones|bouton boutons|pulsante pulsanti|botão botões
cache|caché cachés|cache caches|cache|cache caches
call|llamada llamadas|appel appels|chiamata chiamate|chamada chamadas
card|tarjeta tarjetas|carte cartes|scheda schede|cartão cartões
category|categoría categorías|catégorie catégories|categoria categorie|categoria categorias
character|carácter caracteres|caractère caractères|carattere caratteri|caractere caracteres
checkbox|casilla casillas|case cases|casella caselle|caixa caixas
class|clase clases|classe classes|classe classi|classe classes
column|columna columnas|colonne colonnes|colonna colonne|coluna colunas
command|comando comandos|commande commandes|comando comandi|comando comandos
component|componente componentes|composant composants|componente componenti|componente componentes
condition|condición condiciones|condition conditions|condizione condizioni|condição condições
configuration|configuración|configuration configurations|configurazione configurazioni|configuração
constant|constante constantes|constante constantes|costante costanti|constante constantes
container|contenedor|conteneur conteneurs|contenitore contenitori|contêiner contêineres
cookie|cookie cookies|cookie cookies|cookie|cookie cookies
dashboard|panel tablero|tableau|dashboard cruscotto|painel
database|base bases|base bases|database|banco bancos
dialog|cuadro diálogo|boîte fenêtre|finestra|caixa diálogo
directive|directiva directivas|directive directives|direttiva direttive|diretiva diretivas
directory|directorio directorios|répertoire répertoires|directory|diretório diretórios
dropdown|menú lista|menu liste|menu elenco|menu lista
element|elemento elementos|élément éléments|elemento elementi|elemento elementos
endpoint|punto endpoint|point|endpoint punto|ponto endpoint
entity|entidad entidades|entité entités|entità|entidade entidades
entry|entrada entradas|entrée entrées|voce voci|entrada entradas
environment|entorno entornos|environnement environnements|ambiente ambienti|ambiente ambientes
error|error errores|erreur erreurs|errore errori|erro erros
event|evento eventos|événement événements|evento eventi|evento eventos
exception|excepción excepciones|exception exceptions|eccezione eccezioni|exceção exceções
expression|expresión expresiones|expression expressions|espressione espressioni|expressão
extension|extensión extensiones|extension extensions|estensione estensioni|extensão extensões
feature|función funciones|fonctionnalité|funzione funzionalità funzioni|recurso recursos
field|campo campos|champ champs|campo campi|campo campos
file|archivo archivos fichero|fichier fichiers|file|arquivo arquivos ficheiro
filter|filtro filtros|filtre filtres|filtro filtri|filtro filtros
flag|indicador marca|indicateur drapeau|flag contrassegno indicatore|sinalizador
folder|carpeta carpetas|dossier dossiers|cartella cartelle|pasta pastas
form|formulario formularios|formulaire formulaires|modulo moduli|formulário formulários
format|formato formatos|format formats|formato formati|formato formatos
function|función funciones|fonction fonctions|funzione funzioni|função funções
functionality|funcionalidad|fonctionnalité fonctionnalités|funzionalità|funcionalidade
graph|gráfico gráficos|graphique graphiques|grafico grafici|gráfico gráficos
grid|cuadrícula cuadrículas|grille grilles|griglia griglie|grade grades
group|grupo grupos|groupe groupes|gruppo gruppi|grupo grupos
guide|guía guías|guide guides|guida guide|guia guias
handler|controlador|gestionnaire gestionnaires|gestore gestori|manipulador
header|encabezado encabezados||intestazione intestazioni|cabeçalho cabeçalhos
icon|icono iconos ícono|icône icônes|icona icone|ícone ícones
index|índice índices|index|indice indici|índice índices
indexer|indexador indizador|indexeur indexeurs|indicizzatore indicizzatori|indexador
instance|instancia instancias|instance instances|istanza istanze|instância instâncias
interface|interfaz interfaces|interface interfaces|interfaccia interfacce|interface interfaces
item|elemento elementos|élément éléments|elemento elementi voce|item itens
job|trabajo trabajos|tâche tâches|processo lavoro|trabalho trabalhos
key|clave claves|clé clés|chiave chiavi|chave chaves
label|etiqueta etiquetas|étiquette étiquettes libellé|etichetta etichette|rótulo rótulos etiqueta
library|biblioteca bibliotecas|bibliothèque bibliothèques|libreria librerie|biblioteca bibliotecas
line|línea líneas|ligne lignes|riga righe linea|linha linhas
link|enlace enlaces vínculo|lien liens|collegamento collegamenti|link links
list|lista listas|liste listes|elenco elenchi lista|lista listas
log|registro registros|journal journaux|registro registri|log logs
menu|menú menús|menu menus|menu|menu menus
message|mensaje mensajes|message messages|messaggio messaggi|mensagem mensagens
method|método métodos|méthode méthodes|metodo metodi|método métodos
metric|métrica métricas|mesure mesures|metrica metriche|métrica métricas
mode|modo modos|mode modes|modalità|modo modos
module|módulo módulos|module modules|modulo moduli|módulo módulos
mutation|mutación mutaciones|mutation mutations|mutazione mutazioni|mutação mutações
name|nombre nombres|nom noms|nome nomi|nome nomes
node|nodo nodos|nœud nœuds|nodo nodi|nó
notification|notificación|notification notifications|notifica notifiche|notificação notificações
object|objeto objetos|objet objets|oggetto oggetti|objeto objetos
operation|operación operaciones|opération opérations|operazione operazioni|operação operações
operator|operador operadores|opérateur opérateurs|operatore operatori|operador operadores
option|opción opciones|option options|opzione opzioni|opção opções
package|paquete paquetes|package paquet|pacchetto pacchetti|pacote pacotes
page|página páginas|page pages|pagina pagine|página páginas
pane|panel|panneau volet|pannello riquadro|painel
panel|panel paneles|panneau panneaux|pannello pannelli|painel painéis
parameter|parámetro parámetros|paramètre paramètres|parametro parametri|parâmetro parâmetros
path|ruta rutas|chemin chemins|percorso percorsi|caminho caminhos
permission|permiso permisos|autorisation autorisations|autorizzazione permesso|permissão permissões
plugin|complemento plugin|plugin plugins|plugin|plugin plugins
prefix|prefijo prefijos|préfixe préfixes|prefisso prefissi|prefixo prefixos
privilege|privilegio privilegios|privilège privilèges|privilegio privilegi|privilégio privilégios
process|proceso procesos|processus|processo processi|processo processos
profile|perfil perfiles|profil profils|profilo profili|perfil perfis
project|proyecto proyectos|projet projets|progetto progetti|projeto projetos
property|propiedad propiedades|propriété propriétés|proprietà|propriedade propriedades
query|consulta consultas|requête requêtes|query|consulta consultas
queue|cola colas||coda code|fila filas
report|informe informes|rapport rapports|report rapporto rapporti|relatório relatórios
repository|repositorio repositorios|référentiel dépôt|archivio repository|repositório repositórios
request|solicitud solicitudes|demande demandes requête|richiesta richieste|solicitação solicitações
response|respuesta respuestas|réponse réponses|risposta risposte|resposta respostas
role|rol roles|rôle rôles|ruolo ruoli|função funções
rule|regla reglas|règle règles|regola regole|regra regras
schema|esquema esquemas|schéma schémas|schema schemi|esquema esquemas
scope|ámbito ámbitos|portée|ambito ambiti|escopo escopos
screen|pantalla pantallas|écran écrans|schermata schermate|tela telas
section|sección secciones|section sections|sezione sezioni|seção seções
selector|selector selectores|sélecteur sélecteurs|selettore selettori|seletor seletores
server|servidor servidores|serveur serveurs|server|servidor servidores
service|servicio servicios|service services|servizio servizi|serviço serviços
setting|ajuste ajustes|paramètre paramètres|impostazione impostazioni|configuração configurações
sidebar|barra|barre|barra|barra
state|estado estados|état états|stato stati|estado estados
statement|instrucción|instruction instructions|istruzione istruzioni|instrução instruções
status|estado estados|statut statuts état|stato stati|status
step|paso pasos|étape étapes|passaggio passaggi|etapa etapas
suffix|sufijo sufijos|suffixe suffixes|suffisso suffissi|sufixo sufixos
tab|pestaña pestañas ficha fichas|onglet onglets|scheda schede|guia guias aba
table|tabla tablas|table tables tableau|tabella tabelle|tabela tabelas
tag|etiqueta etiquetas|balise balises|tag|tag tags
task|tarea tareas|tâche tâches|attività compito compiti|tarefa tarefas
template|plantilla plantillas|modèle modèles|modello modelli|modelo modelos
text|texto textos|texte textes|testo testi|texto textos
tool|herramienta herramientas|outil outils|strumento strumenti|ferramenta ferramentas
toolbar|barra|barre|barra|barra
type|tipo tipos|type types|tipo tipi|tipo tipos
user|usuario usuarios|utilisateur utilisateurs|utente utenti|usuário usuários
value|valor valores|valeur valeurs|valore valori|valor valores
variable|variable variables|variable variables|variabile variabili|variável variáveis
view|vista vistas|vue vues|vista viste|visualização exibição
widget|widget widgets|widget widgets|widget|widget widgets
window|ventana ventanas|fenêtre fenêtres|finestra finestre|janela janelas
wizard|asistente asistentes|assistant assistants|procedura|assistente assistentes
workflow|flujo flujos|flux workflow|flusso flussi workflow|fluxo fluxos
workspace|espacio|espace|area|espaço
"""
"""What bears labels, in English and in those languages."""

_WITH_ARTICLES = {
    "es": "al del",
    "fr": "au aux du des",
    "it": "al allo alla ai agli alle col dal dallo dalla dai dagli dalle del dello della dei degli"
    " delle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle",
    "pt": "ao aos à às da das do dos na nas no nos pela pelas pelo pelos",
}
"""Prepositions with an article in them."""

_PREPOSITIONS = {
    "es": "a con de desde en hasta para por sobre",
    "fr": "à avec dans de depuis en par pour sur vers",
    "it": "a ad con da di in per su verso",
    "pt": "com de em para por sobre",
}
"""The others behind which `clic su **Carte** scheda` is told."""

_ADJECTIVES = {
    "es": "nuev* primer* últim* próxim* otr* mism* siguiente* anterior* gran* pequeñ* segund*"
    " tercer* únic* mejor* peor* mayor* menor* cada cualquier* tod* vari* amb* distint* diferente*",
    "fr": "nouve* premi* derni* prochain* autre* même* ancien* grand* petit* seul* bon* mauvais*"
    " second* deuxième troisième double certain* différent* plusieurs chaque tou* meilleur* simple",
    "it": "nuov* prim* ultim* prossim* successiv* precedent* seguent* altr* stess* medesim* second*"
    " terz* unic* singol* vecchi* grand* gran piccol* buon* miglior* peggior* maggior* minor*"
    " ogni qualsiasi tutt* divers* vari* entramb*",
    "pt": "nov* primeir* últim* próxim* outr* mesm* seguinte* anterior* grande* pequen* segund*"
    " terceir* únic* melhor* pior* maior* menor* cada qualquer tod* vári* amb* divers*",
}
"""What may stand before its noun: no label, unless its noun is of the screen alone."""

_ON_SCREEN = word_set("button checkbox command dropdown field icon menu option tab toolbar")

_BEGINNINGS = {
    "de": "Der Die Das Den Dem Des Ein Eine Einen Einem Einer In Im Auf Mit Für Von Zum Zur",
    "es": "El La Los Las Un Una En Con De Del Al Para Por",
    "fr": "Le La Les Un Une Des Du De En Dans Avec Pour Sur Au Aux",
    "it": "Il Lo La I Gli Le Un Una Nel Nella Nei Nelle Con Di Del Della Dei Delle Al Alla Per Sul",
    "nl": "De Het Een In Op Met Van Voor Naar",
    "pt": "O A Os As Um Uma No Na Nos Nas Com De Do Da Dos Das Ao Para Por",
}
"""Small words with which a phrase begins."""

_LABEL = (
    r"(?:(?<![\w*])\*{1,2}(?=[^\s*])[^*\r\n]{0,79}[^\s*]\*{1,2}"
    r"|\[!(?:UICONTROL|DNL) [^\[\]\r\n]{1,80}\]|`[^`\r\n]{1,80}`"
    r"|(?<![\w_])_(?=[^\s_])[^_\r\n]{0,59}[^\s_]_(?!\w))"
)
_LABELS = late(_LABEL)
_BEARER = late(
    rf"(?:(?<=[a-z] )|(?<=[ei]\.[eg]\. )|(?<=\b[AI]n ))(?P<label>{_LABEL})"
    r" (?P<first>[a-z][a-z-]*)(?: (?P<second>[a-z]+))?"
)
_VERBS = word_set("can defines has have lets may must shows will")
_BEFORE_NOUNS = word_set(
    "all another any both different each every few first following last main many more most "
    "multiple new next no old one only other previous same second several single some that these "
    "third this those two your"
)
"""Words in emphasis that stand before their noun in all these languages."""

_ENGLISH = word_set("the this your")
"""Before a label they say that the words around it were left as they are."""

_ACTIONS = ("zione", "ción", "ção", "mento", "miento")
_ACTIONS_IN_BYTES = tuple(one.encode() for one in _ACTIONS)
"""How nouns end that say what is done: they stand behind no label without a preposition."""

_OF = late(r"(?:\A|[\s(])([^\W\d_]+) (?:d[aeio]|d[ao]s|del|de la|dello|della|dei)(?: |['’])\Z")

_MAYBE_VERBS = word_set(
    "balise classe cola commande consulta demande enlace etichetta etiqueta filtre filtro grade"
    " graphique groupe gráfico gráficos guia guida guide guía guías lista liste marca mesure"
    " notifica paramètre registro registros regla regola règle trabajo"
)
"""What may be a verb too, as `lists` in English: `**Cartes** liste les ports`."""

_MAYBE_PARTICIPLES = word_set(
    "chamada chamadas chiamata chiamate entrada entradas entrée entrées llamada llamadas portée"
    " richiesta richieste stati stato vista vistas viste"
)
"""What may be a participle too, behind a label that was translated."""

_NUMBER = late(r"[\d.,+%\s]*|[A-Za-z]|[<{][^<>{}/]*[>}]")
"""What may say how many: `N elements`."""

_COUNTS = late(
    r"\b(?:at (?:least|most)|every|(?:fewer|less|more) than|first|last|next|up to) \Z",
    re.IGNORECASE,
)
_COUNT = late(r"`[\w.]+`")
_COUNT_AT_END = late(r"\D+[ \u00a0]\d+")
"""Code that says how many in `at most X items`, and a label that does: `Top 10`."""

_WORD = late(r"[^\W\d_]+")
_SMALL_BEFORE = late(r"(?:\A|[\s(])([^\W\d_]+)(?: |['’]|&#39;)\Z")
_WORD_BEFORE = late(r"[^\W\d_]['’]?(?: |&#39;|['’])\Z")
_ONE_BY_ONE = late(r" (?:a|à|al|par|per|por) ([^\W\d_]+)")
"""`pagina per pagina` belongs to the verb."""

_PAUSE = late(r"[.,;:)]|\Z")
_GOES_ON = late(r" [a-z]")
_ANY_WORD = late(r" [^\W\d_]")
"""The same in German, where a noun has a capital."""

_MARKS = (r"\*", r"\]", "`", "_")
"""With what a label ends: one sign is found faster than any of four."""

_NEAR = 40
_LONGEST = 20_000
"""Characters of a segment above which it is no sentence but a heap, and left alone."""


class _Language(NamedTuple):
    """What is known of one language: `behind` finds the words behind what may be a label.

    `renderings` are those of the English nouns, `meanings` the English nouns of each of them.
    """

    renderings: dict[str, frozenset[str]]
    meanings: dict[str, frozenset[str]]
    nouns: frozenset[str]
    small: frozenset[str]
    adjective: re.Pattern[str] | None
    begins: frozenset[str]
    known: frozenset[bytes]
    behind: tuple[re.Pattern[bytes], ...]
    articles: str


@lru_cache(maxsize=8)
def _known(language: str) -> _Language:
    renderings: dict[str, frozenset[str]] = {}
    small: frozenset[str] = frozenset()
    adjective = None
    before = ""
    if language in _LANGUAGES:
        place = _LANGUAGES.index(language) + 1
        rows = [line.split("|") for line in _TABLE.strip().splitlines()]
        renderings = {row[0]: word_set(row[place]) for row in rows}
        small = articles(language) | word_set(_WITH_ARTICLES[language])
        small |= word_set(_PREPOSITIONS[language])
        any_of = _ADJECTIVES[language].replace(" ", "|").replace("*", r"\w{0,4}")
        adjective = late(any_of, re.IGNORECASE)
        # `X, una funzione` may have lost its comma.
        definite = sorted(one for one in articles(language) if not one.startswith("u"))
        before = rf"(?:(?:{'|'.join(definite)})(?: |'|’|&#39;))?"
    nouns = frozenset().union(*renderings.values())
    meanings: dict[str, set[str]] = {noun: set() for noun in nouns}
    for name, forms in renderings.items():
        for form in forms:
            meanings[form].add(name)
    begins = word_set(_BEGINNINGS[language])
    return _Language(
        renderings,
        {form: frozenset(names) for form, names in meanings.items()},
        nouns,
        small,
        adjective,
        begins,
        frozenset(word.encode() for word in nouns | begins),
        tuple(re.compile(rf"{one} {before}([A-Za-z\x80-\xff]+)".encode()) for one in _MARKS),
        before,
    )


def renderings(noun: str, language: str) -> frozenset[str]:
    """What an English noun of what bears labels is in a language; nothing where not known."""
    return _known(language).renderings.get(noun, frozenset())


@lru_cache(maxsize=8)
def _between(language: str) -> re.Pattern[str]:
    before = _known(language).articles
    return re.compile(
        rf"(?P<label>{_LABEL}) (?P<article>{before})(?P<noun>[^\W\d_]+)(?![\w'’-]|&#39;)"
    )


def displaced_labels(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each label before the noun of what bears it, or before its sentence."""
    words = _known(language)
    page = pair.document.data
    actions = _ACTIONS_IN_BYTES if words.nouns else ()
    if not any(
        not words.known.isdisjoint(found)
        or (actions and any(one.endswith(actions) for one in found))
        for found in (one.findall(page) for one in words.behind)
    ):
        return
    data = target_data(pair)
    places = sorted(
        match.start()
        for one in words.behind
        for match in one.finditer(data)
        if match[1] in words.known or match[1].endswith(actions)
    )
    for source, target, likeness in at_places(pair, data, places):
        if likeness >= SURE and _is_readable(target):
            yield from _in_segment(source, target, language)


def _is_readable(segment: Segment) -> bool:
    """Whether a segment is no heap, and stands in its page as it is read."""
    written = segment.text.encode(errors="replace")
    return len(written) == segment.end - segment.start and len(written) <= _LONGEST


class _Bearer(NamedTuple):
    """The nouns behind a label of the source, as they are and in their singular."""

    said: frozenset[str]
    nouns: frozenset[str]


class _Source(NamedTuple):
    """What a segment of the source says of its labels."""

    text: str
    bearers: dict[str, _Bearer]
    nouns: frozenset[str]


class _Labels(NamedTuple):
    """Whether words follow the labels of a source: by their names, and by where a segment that
    has as many has them."""

    by_name: dict[str, bool]
    by_place: dict[int, bool]


def _in_segment(source: Segment, target: Segment, language: str) -> Iterator[Observation]:
    words, text, end = _known(language), target.text, 0
    theirs: _Source | None = None
    labels: _Labels | None = None
    for match in _between(language).finditer(text):
        noun, label = match["noun"], _bare(match["label"])
        before, end = text[max(end, match.start() - _NEAR) : match.start()], match.start("noun")
        action = noun.endswith(_ACTIONS) and noun not in words.nouns
        if noun not in words.nouns and noun not in words.begins and not action:
            continue
        if noun in words.nouns and not _may_say(source.text, words.meanings[noun]):
            continue
        theirs = theirs or _read(source)
        if action:
            if match["article"] or not _is_within(label, before, theirs, words):
                continue
            said = f"`{label}` stands before the word `{noun}`, as in English"
            end = match.end()
        elif noun in words.nouns:
            if not _bears(match, before, theirs, words):
                continue
            said = f"`{label}` stands before the word `{noun}`, as in English"
            end = match.end()
        else:
            labels = labels or _laid_out(text, source.text)
            goes_on = (_ANY_WORD if language == "de" else _GOES_ON).match(text, match.end())
            if goes_on is None or not _begins_anew(match, labels):
                continue
            said = f"Behind `{label}` a new sentence begins, where the source goes on"
        start = target.start + len(text[: match.start()].encode())
        span = Span(start, start + len(match["label"].encode()))
        yield Observation(said, span, label, source.span)


def _read(source: Segment) -> _Source:
    from bilint.engines.stopwords import function_words

    no_nouns = function_words("en") | _VERBS
    bearers: dict[str, _Bearer] = {}
    for match in _BEARER.finditer(source.text):
        label, first, second = match["label"], match["first"], match["second"]
        if label[0] in "*_" and label.strip("*_") in _BEFORE_NOUNS:
            continue
        said = {first} if second is None or first in no_nouns else {first, second}
        if any(noun.endswith("s") for noun in said) and _counts(match):
            continue
        known = bearers.get(_bare(label), _Bearer(frozenset(), frozenset()))
        bearers[_bare(label)] = _Bearer(known.said | said, known.nouns | set(map(_singular, said)))
    nouns = frozenset().union(*(one.nouns for one in bearers.values()))
    return _Source(source.text, bearers, nouns)


def _may_say(text: str, nouns: Iterable[str]) -> bool:
    """Whether one of some English nouns may stand in a text, be it in the plural."""
    return any(noun[:-1] in text for noun in nouns)


def _counts(match: re.Match[str]) -> bool:
    """Whether a label says how many of what stands behind it."""
    label, start = match["label"], match.start()
    if _COUNT.fullmatch(label):
        return _COUNTS.search(match.string[max(0, start - _NEAR) : start]) is not None
    return _COUNT_AT_END.fullmatch(_bare(label)) is not None


def _laid_out(text: str, source: str) -> _Labels:
    labels = [
        (_bare(one[0]), _GOES_ON.match(source, one.end()) is not None)
        for one in _LABELS.finditer(source)
    ]
    by_name: dict[str, bool] = {}
    for label, goes_on in labels:
        by_name[label] = goes_on and by_name.get(label, True)
    ours = [one.start() for one in _LABELS.finditer(text)]
    by_place = {}
    if len(ours) == len(labels):
        by_place = {place: goes_on for place, (_, goes_on) in zip(ours, labels, strict=True)}
    return _Labels(by_name, by_place)


def _bears(match: re.Match[str], before: str, source: _Source, words: _Language) -> bool:
    """Whether the noun behind a label is the one that the source has there, and has none before."""
    noun, label = match["noun"], _bare(match["label"])
    again = _ONE_BY_ONE.match(match.string, match.end())
    if again is not None and again[1] == noun:
        return False
    meant = words.meanings[noun]
    if meant.isdisjoint(source.nouns) or _NUMBER.fullmatch(label):
        return False
    alike = {form for name in meant for form in words.renderings[name]}
    if not alike.isdisjoint(_WORD.findall(before.lower())):
        return False
    small = _SMALL_BEFORE.search(before)
    joined = small is not None and small[1].lower() in words.small
    if small is not None and small[1].lower() in _ENGLISH:
        return False
    bearer = source.bearers.get(label)
    if bearer is not None and not meant.isdisjoint(bearer.nouns):
        # In Italian `file` is a plural too, and one may stand before its noun.
        if noun in bearer.said and before.endswith("["):
            # The text of a link may be the name of a page in English.
            return False
        if noun in _MAYBE_VERBS:
            return not meant.isdisjoint(bearer.said)
        return joined or noun not in bearer.nouns or noun in bearer.said
    return (
        joined
        and (
            noun not in _MAYBE_VERBS | _MAYBE_PARTICIPLES
            or _PAUSE.match(match.string, match.end()) is not None
        )
        and not match["article"]
        and match["label"][0] != "`"
        # An adjective in emphasis may stand before its noun.
        and label[:1].isupper()
        and label not in source.text
        and not (
            words.adjective
            and words.adjective.fullmatch(label)
            and _ON_SCREEN.isdisjoint(meant & source.nouns)
        )
    )


def _is_within(label: str, before: str, source: _Source, words: _Language) -> bool:
    """Whether the last of two nouns behind a label was put before it, and the first one left."""
    bearer, of = source.bearers.get(label), _OF.search(before)
    if bearer is None or of is None or len(bearer.nouns) == 1:
        return False
    return any(of[1].lower() in words.renderings.get(noun, ()) for noun in bearer.nouns)


def _begins_anew(match: re.Match[str], labels: _Labels) -> bool:
    """Whether a sentence begins behind a label that has a word before it, unlike in the source."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    if not _WORD_BEFORE.search(before):
        return False
    known = labels.by_name.get(_bare(match["label"]))
    return labels.by_place.get(match.start(), False) if known is None else known


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("xes", "sses")):
        return noun[:-2]
    return noun if noun.endswith("ss") else noun.removesuffix("s")


def _bare(label: str) -> str:
    """A label without its marks."""
    return unwrapped(label.strip("*`_"))
