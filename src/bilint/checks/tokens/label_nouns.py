"""The nouns of what bears labels on a screen, in English and where they stand before the label."""

from __future__ import annotations

import re
from functools import lru_cache

from bilint.checks.tokens.syntax import word_set
from bilint.checks.tokens.word_order import articles
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

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

ON_SCREEN = word_set("button checkbox command dropdown field icon menu option tab toolbar")

_BEGINNINGS = {
    "de": "Der Die Das Den Dem Des Ein Eine Einen Einem Einer In Im Auf Mit Für Von Zum Zur",
    "es": "El La Los Las Un Una En Con De Del Al Para Por",
    "fr": "Le La Les Un Une Des Du De En Dans Avec Pour Sur Au Aux",
    "it": "Il Lo La I Gli Le Un Una Nel Nella Nei Nelle Con Di Del Della Dei Delle Al Alla Per Sul",
    "nl": "De Het Een In Op Met Van Voor Naar",
    "pt": "O A Os As Um Uma No Na Nos Nas Com De Do Da Dos Das Ao Para Por",
}
"""Small words with which a phrase begins."""

MAYBE_VERBS = word_set(
    "balise classe cola commande consulta demande enlace etichetta etiqueta filtre filtro grade"
    " graphique groupe gráfico gráficos guia guida guide guía guías lista liste marca mesure"
    " notifica paramètre registro registros regla regola règle trabajo"
)
"""What may be a verb too, as `lists` in English: `**Cartes** liste les ports`."""

MAYBE_PARTICIPLES = word_set(
    "chamada chamadas chiamata chiamate entrada entradas entrée entrées llamada llamadas portée"
    " richiesta richieste stati stato vista vistas viste"
)
"""What may be a participle too, behind a label that was translated."""

_MARKS = (r"\*", r"\]", "`", "_")
"""With what a label ends: one sign is found faster than any of four."""


class Language(NamedTuple):
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
def nouns_of(language: str) -> Language:
    """What is known of a language; of one that is no Romance one only how its phrases begin."""
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
    return Language(
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
    return nouns_of(language).renderings.get(noun, frozenset())
