"""`dragoman evaluate …`: what the shipped parts reach on public data, one command a measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli import evaluate_events, evaluate_series

if TYPE_CHECKING:
    from dragoman.evaluate.conllu import Score
    from dragoman.evaluate.facts import Checked
    from dragoman.language.analysis import Analysis, Tokens

HELP = "Measure against gold data: treebanks, names, facts of articles."

app = typer.Typer(help=HELP, no_args_is_help=True)
app.command("gsr")(evaluate_events.gsr)
app.command("plv")(evaluate_events.plv)
app.command("modes")(evaluate_events.modes)
app.command("turns")(evaluate_series.turns)
app.command("timelines")(evaluate_series.timelines)


@app.command("conllu")
def conllu(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Treebanks in CoNLL-U, also .xz or .gz.")
    ],
    raw: Annotated[
        bool,
        typer.Option(
            "--raw/--pretokenized",
            help="Analyse the treebank's text, or keep its tokens and sentences.",
        ),
    ] = False,
    tokens_only: Annotated[
        bool,
        typer.Option("--tokens-only", help="Measure only how the text is cut (implies --raw)."),
    ] = False,
) -> None:
    """Tokens, sentences, tags, lemmas and dependencies by the CoNLL 2018 definitions."""
    from dragoman.evaluate import conllu as scorer
    from dragoman.language.tokens import tokenize

    analyse = None if tokens_only else _model()
    for path in files:
        scores: list[Mapping[str, Score]] = []
        for gold in scorer.read_treebank(path):
            if analyse is None:
                scores.append(scorer.score_tokens(gold, tokenize(gold.analysis.text)))
            elif raw:
                scores.append(scorer.score_analysis(gold, analyse(tokenize(gold.analysis.text))))
            else:
                analysis = analyse(gold.analysis.tokens)
                scores.append(scorer.score_analysis(gold, analysis, gold.multiwords))
        _print_scores(path.name, scorer.total(scores))


@app.command("names")
def names(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Universal NER (.iob2) or Worldwide Newswire (.tar)."),
    ],
) -> None:
    """Names of persons, organisations and places: right if words and kind are."""
    from dragoman.evaluate.names import read_names, score_names

    analyse = _model()
    for path in files:
        _print_scores(path.name, score_names(read_names(path), analyse))


@app.command("articles")
@app.command("facts")
def facts(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="FOLDER…", help="Folders of articles, each with a gold.json."),
    ],
    misses: Annotated[
        bool, typer.Option("--misses", help="Name each missing fact and each error made.")
    ] = False,
) -> None:
    """Facts that a reading holds and errors that it makes, article by article."""
    from dragoman.evaluate.facts import check, read_articles
    from dragoman.reader import Reader

    reader = Reader()
    results: list[Checked] = []
    for folder in folders:
        for article in read_articles(folder):
            result = check(article, reader.read(article.document))
            results.append(result)
            _print_facts(result, misses=misses)
    held, asked = sum(r.held for r in results), sum(r.facts for r in results)
    made, forbidden = sum(len(r.made) for r in results), sum(r.forbidden for r in results)
    typer.echo(f"{'all':24}  facts {held}/{asked}  wrong readings {made}/{forbidden}")


@app.command("timex")
def timex(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Folders or .tar.xz archives of TimeML (.tml)."),
    ],
    half: Annotated[
        int | None,
        typer.Option(min=0, max=1, help="Only every other text, from this one: a cross-check."),
    ] = None,
    parse: Annotated[
        bool, typer.Option("--parse/--words", help="With the parse, or by the words alone.")
    ] = True,
) -> None:
    """Time expressions and their values, as TempEval-3 measured them."""
    from dragoman.evaluate import timex as scorer
    from dragoman.language.tokens import tokenize

    model = _model() if parse else None
    for path in files:
        texts = list(scorer.read_corpus(path))
        chosen = texts if half is None else texts[half::2]
        score = scorer.evaluate(
            chosen,
            analyse=scorer.plain_analysis if model is None else lambda t: model(tokenize(t)),
        )
        typer.echo(f"{path.name}: {len(chosen)} texts\n{scorer.render(score)}")


@app.command("places")
def places(
    gold: Annotated[
        Path, typer.Argument(metavar="TABLE", help="Marked mentions: corpus, document, start, …")
    ],
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="The folder of reference data.")
    ],
    misses: Annotated[bool, typer.Option("--misses", help="Name each miss.")] = False,
) -> None:
    """Places: found, in the right country, within 161 km of the point."""
    from dragoman.evaluate import places as scorer
    from dragoman.reader import Reader

    reader = Reader()
    score = scorer.evaluate(scorer.read_marked(gold), scorer.read_texts(data), reader.read)
    typer.echo(
        f"{score.marked} mentions, {score.found} found, right country "
        f"{score.country / max(score.marked, 1):.1%}, within 161 km "
        f"{score.near / max(score.pointed, 1):.1%} of {score.pointed} with a point"
    )
    for miss in score.misses if misses else ():
        typer.echo(f"  {miss}")


@app.command("kinds")
def kinds(
    judged: Annotated[
        Path, typer.Argument(metavar="TABLE", help="Judged statements: corpus, document, start, …")
    ],
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="The folder of reference data.")
    ],
) -> None:
    """Kinds of statements: F1 of each kind and their average."""
    from dragoman.evaluate import kinds as scorer
    from dragoman.evaluate.places import read_texts
    from dragoman.reader import Reader

    gold = scorer.read_judged(judged)
    score = scorer.evaluate(gold, read_texts(data, only=frozenset(gold)), Reader().read)
    for kind in score.kinds:
        typer.echo(f"{kind:12} F1 {score.f1(kind):.3f}")
    typer.echo(
        f"{'all kinds':12} F1 {score.macro_f1:.3f} of {score.judged} statements, "
        f"{score.missing} not read"
    )


@app.command("actors")
def actors(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Gold records (.jsonl) or marked sentences (.tsv.gz)."
        ),
    ],
    half: Annotated[
        int | None,
        typer.Option(min=0, max=1, help="Only every other text, from this one: a cross-check."),
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Name each miss.")] = False,
) -> None:
    """Marked actors that are found, and found with the right code."""
    from dragoman.actors.cast import find_cast
    from dragoman.actors.directory import Directory
    from dragoman.evaluate import actors as scorer
    from dragoman.language.tokens import tokenize

    analyse, directory = _model(), Directory.load()
    for path in files:
        texts = list(
            scorer.read_marked_sentences(path)
            if path.name.endswith(".gz")
            else scorer.read_gold_records(path)
        )
        found = scorer.score_marked(
            texts if half is None else texts[half::2],
            lambda text, date: find_cast(analyse(tokenize(text)), directory, date=date).actors,
        )
        typer.echo(
            f"{path.name}: {found.there} actors, found {found.recall:.2%}, "
            f"right code {found.accuracy:.2%} of all, {found.code_accuracy:.2%} of those found"
        )
        for miss in found.misses if misses else ():
            typer.echo(f"  {miss}")


@app.command("coreference")
def coreference(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Treebanks with entities (GUM), also .xz."),
    ],
    genre: Annotated[
        list[str] | None,
        typer.Option(help="Only documents whose id has this part, as news; may be repeated."),
    ] = None,
) -> None:
    """Chains of persons and organisations on the gold parse, beside a plain baseline."""
    from dragoman.actors.directory import Directory
    from dragoman.evaluate import coreference as scorer

    directory = Directory.load()
    for path in files:
        documents = [
            document
            for document in scorer.read_gold(path, types=scorer.TYPES)
            if not genre or any(f"_{part}_" in document.id for part in genre)
        ]
        typer.echo(f"{path.name}: {len(documents)} documents")
        for name, chains in (("cast", scorer.cast_chains), ("same word", scorer.same_word_chains)):
            scores = scorer.evaluate(documents, directory, chains=chains)
            typer.echo(
                f"{name:12} CoNLL {scores.conll:.2%}  MUC {scores.muc.f1:.2%}  "
                f"B³ {scores.b_cubed.f1:.2%}  CEAFe {scores.ceaf_e.f1:.2%}"
            )


@app.command("polnear")
def polnear(
    archive: Annotated[
        Path,
        typer.Argument(metavar="ARCHIVE", help="A part of PolNeAR: dev.tar.xz or train.tar.xz."),
    ],
    rules_alone: Annotated[
        bool, typer.Option("--rules-alone", help="Measure without the model's own tags.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Only the first documents.")
    ] = None,
) -> None:
    """Who says what: cues, contents, sources, whole attributions, speakers of quotations."""
    from dataclasses import replace
    from itertools import islice

    from dragoman.evaluate import polnear as scorer
    from dragoman.language.tokens import tokenize

    analyse = _model()
    score = scorer.PolnearScore()
    for document in islice(scorer.read_polnear(archive), limit):
        analysis = analyse(tokenize(document.text))
        if rules_alone:
            analysis = replace(analysis, attributions=[])
        score += scorer.score_document(document, analysis)
    typer.echo(f"{f'{score.documents} documents':20} precision   recall       F1    found    there")
    for name, counts in score.rows():
        typer.echo(
            f"{name:20} {counts.precision:9.2%} {counts.recall:8.2%} {counts.f1:8.2%} "
            f"{counts.found:8d} {counts.there:8d}"
        )


def _model() -> Callable[[Tokens], Analysis]:
    from dragoman.language.model import Model

    return Model.load().analyse


def _print_scores(name: str, scores: Mapping[str, Score]) -> None:
    typer.echo(f"{name:32} precision   recall       F1     gold")
    for measure, score in scores.items():
        typer.echo(
            f"{measure:32} {score.precision:9.2%} {score.recall:8.2%} {score.f1:8.2%} "
            f"{score.gold:8d}"
        )


def _print_facts(result: Checked, *, misses: bool) -> None:
    typer.echo(
        f"{result.name:24}  facts {result.held}/{result.facts}  "
        f"wrong readings {len(result.made)}/{result.forbidden}"
    )
    if misses:
        for fact in result.missing:
            typer.echo(f"  missing {fact['id']}: {fact['what']}")
        for fact in result.made:
            typer.echo(f"  wrong   {fact['id']}: {fact['what']}")
