"""The part of Jinja2 that templates may use, and what they read.

An allow-list over the syntax tree: what is not named here is refused when the template is saved, with its line.
The rendering environment (``render_environment``) refuses the same things again at run time.
"""

import difflib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final, NoReturn

from jinja2 import TemplateSyntaxError, nodes

from engine.messages.compose.lookup_functions import FUNCTIONS, LookupFunction
from engine.messages.compose.render_environment import FILTERS, TESTS, build_environment
from engine.messages.compose.template_errors import Position, TemplateRefused

MAXIMUM_LOOP_DEPTH: Final = 4
MAXIMUM_NODES: Final = 50_000
MAXIMUM_TREE_DEPTH: Final = 120

_PLAIN_NODES: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Filter, nodes.Test, nodes.If, nodes.For, nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Call,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Mul,
    nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos, nodes.List, nodes.Tuple, nodes.Concat, nodes.Keyword,
)  # fmt: skip
_SPOKEN: Final[dict[type[nodes.Node], str]] = {
    nodes.Pow: "the power operator **", nodes.Mod: "the operator %", nodes.Include: "include by expression",
    nodes.Import: "import", nodes.FromImport: "import", nodes.Extends: "extends", nodes.Block: "block",
    nodes.CallBlock: "call blocks", nodes.FilterBlock: "filter blocks", nodes.ScopedEvalContextModifier: "autoescape",
    nodes.Dict: "dictionaries", nodes.Slice: "slices", nodes.With: "with", nodes.NSRef: "namespaces",
}  # fmt: skip
_FREE_NAMES: Final = frozenset({"loop", "true", "false", "none", "range"})


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing a template reads: ``contact.first_name``, ``cart[].name`` for what a loop reads of each item."""

    path: str
    position: Position
    has_default: bool


@dataclass(frozen=True, slots=True)
class UnknownVariable:
    """A variable that the catalogue does not offer, and the nearest one that it does."""

    variable: Variable
    suggestion: str | None


def check_language(source: str, locate_line: Callable[[int], Position]) -> tuple[Variable, ...]:
    """Return what a Jinja source reads, in order of first use.

    Args:
        source: the expanded source (no includes left); MJML around the Jinja is only text here.
        locate_line: position of a line of ``source`` in the marketer's sources.

    Raises:
        TemplateRefused: not valid Jinja, or something outside the allow-list.
    """
    try:
        tree = build_environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        raise TemplateRefused(
            error.message or "not valid Jinja", locate_line(error.lineno)
        ) from None
    except RecursionError:
        raise TemplateRefused("expressions nest too deep", locate_line(1)) from None
    checker = _Checker(locate_line)
    checker.visit(tree, {}, 0, 0)
    return tuple(checker.variables.values())


def list_unknown_variables(
    variables: Collection[Variable], catalogue: Collection[str]
) -> list[UnknownVariable]:
    """Return the variables missing from a catalogue; ``contact.attributes.*`` in it offers everything below.

    A prefix of an offered path is known too: a template may test or loop over ``cart`` where ``cart[].name`` is offered.
    """
    offered = set(catalogue)
    for path in catalogue:
        parts = path.removesuffix(".*").replace("[]", ".[]").split(".")
        offered.update(
            ".".join(parts[:end]).replace(".[]", "[]") for end in range(1, len(parts) + 1)
        )
    open_ended = tuple(path.removesuffix("*") for path in catalogue if path.endswith(".*"))
    unknown = [
        each
        for each in variables
        if each.path not in offered and not each.path.startswith(open_ended or ("\0",))
    ]
    return [
        UnknownVariable(
            each, next(iter(difflib.get_close_matches(each.path, sorted(offered), 1, 0.6)), None)
        )
        for each in unknown
    ]


Scope = dict[
    str, str | None
]  # local name → the path it stands for; None: a value made in the template


class _Checker:
    """Walks the tree once: allow-list, scopes, and the paths read."""

    def __init__(self, locate_line: Callable[[int], Position]) -> None:
        self._locate = locate_line
        self._count = 0
        self._macros: set[str] = set()
        self.variables: dict[str, Variable] = {}

    def visit(
        self, node: nodes.Node, scope: Scope, loops: int, depth: int, *, defaulted: bool = False
    ) -> None:
        """Check one node and what is below it; ``scope`` is changed by assignments, as in Jinja."""
        self._count += 1
        if self._count > MAXIMUM_NODES or depth > MAXIMUM_TREE_DEPTH:
            self._refuse(node, "this template is too large or nests too deep")
        if type(node) not in _PLAIN_NODES:
            self._refuse(
                node, f"{_SPOKEN.get(type(node), type(node).__name__)} cannot be used in a template"
            )
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                self._read(node, scope, loops, depth, defaulted=defaulted)
            case nodes.Filter() | nodes.Test():
                self._filter_or_test(node, scope, loops, depth)
            case nodes.For():
                self._for(node, scope, loops, depth)
            case nodes.If():
                self._if(node, scope, loops, depth)
            case nodes.Assign() | nodes.AssignBlock():
                self._assign(node, scope, loops, depth)
            case nodes.Macro():
                self._macro(node, scope, depth)
            case nodes.Call():
                self._call(node, scope, loops, depth)
            case _:
                self._children(node.iter_child_nodes(), scope, loops, depth)

    def _children(
        self,
        children: Iterator[nodes.Node] | list[nodes.Node],
        scope: Scope,
        loops: int,
        depth: int,
    ) -> None:
        for child in children:
            self.visit(child, scope, loops, depth + 1)

    def _read(
        self, node: nodes.Expr, scope: Scope, loops: int, depth: int, *, defaulted: bool
    ) -> None:
        path = self._path(node, scope, loops, depth)
        if path is not None and path not in self.variables:
            self.variables[path] = Variable(path, self._locate(node.lineno or 1), defaulted)

    def _path(self, node: nodes.Expr, scope: Scope, loops: int, depth: int) -> str | None:  # noqa: RET503
        """Return the path an expression reads, or None where it reads a value made in the template."""
        match node:
            case nodes.Name(name=name):
                self._plain_name(node, name)
                if name in scope:
                    return scope[name]
                return None if name in _FREE_NAMES or name in self._macros else name
            case nodes.Getattr(node=below, attr=attr):
                self._plain_name(node, attr)
                base = self._path(below, scope, loops, depth + 1)
                return None if base is None else f"{base}.{attr}"
            case nodes.Getitem(node=below, arg=nodes.Const(value=str() as key)):
                self._plain_name(node, key)
                base = self._path(below, scope, loops, depth + 1)
                return None if base is None else f"{base}.{key}"
            case nodes.Getitem(node=below, arg=nodes.Const(value=int())):
                base = self._path(below, scope, loops, depth + 1)
                return None if base is None else f"{base}[]"
            case nodes.Getitem():
                self._refuse(node, "between [ and ] stands a plain text or number")
            case _:
                self.visit(node, scope, loops, depth + 1)
                return None

    def _filter_or_test(
        self, node: nodes.Filter | nodes.Test, scope: Scope, loops: int, depth: int
    ) -> None:
        what, known = ("filter", FILTERS) if isinstance(node, nodes.Filter) else ("test", TESTS)
        if node.name not in known or node.name.startswith("_") or node.dyn_args or node.dyn_kwargs:
            near = difflib.get_close_matches(
                node.name, [name for name in known if not name.startswith("_")], 1
            )
            self._refuse(
                node,
                f"there is no {what} {node.name!r}"
                + (f"; did you mean {near[0]!r}?" if near else ""),
            )
        has_default = node.name in {"default", "d", "defined", "undefined"}
        if node.node is not None:
            self.visit(node.node, scope, loops, depth + 1, defaulted=has_default)
        for keyword in node.kwargs:
            if keyword.key == "attribute":
                if not (
                    isinstance(keyword.value, nodes.Const) and isinstance(keyword.value.value, str)
                ):
                    self._refuse(node, "attribute= takes a plain text")
                self._plain_name(node, keyword.value.value)
        self._children([*node.args, *node.kwargs], scope, loops, depth)

    def _if(self, node: nodes.If, scope: Scope, loops: int, depth: int) -> None:
        self.visit(node.test, scope, loops, depth + 1, defaulted=isinstance(node.test, nodes.Name))
        for branch in (node.body, node.elif_, node.else_):
            self._children(iter(branch), scope, loops, depth)

    def _for(self, node: nodes.For, scope: Scope, loops: int, depth: int) -> None:
        if node.recursive:
            self._refuse(node, "a recursive loop cannot be used in a template")
        if loops + 1 > MAXIMUM_LOOP_DEPTH:
            self._refuse(node, f"loops nest deeper than {MAXIMUM_LOOP_DEPTH}")
        self.visit(node.iter, scope, loops, depth + 1)
        source = node.iter
        while isinstance(source, nodes.Filter) and isinstance(source.node, nodes.Expr):
            source = source.node  # cart|sort(attribute="price"): still the items of cart
        readable = (
            source if isinstance(source, nodes.Name | nodes.Getattr | nodes.Getitem) else None
        )
        base = self._path(readable, scope, loops, depth) if readable is not None else None
        inner = dict(scope)
        for name in (
            node.target.find_all(nodes.Name)
            if not isinstance(node.target, nodes.Name)
            else [node.target]
        ):
            self._plain_name(node, name.name)
            inner[name.name] = f"{base}[]" if base and isinstance(node.target, nodes.Name) else None
        if node.test is not None:
            self.visit(node.test, inner, loops + 1, depth + 1)
        self._children(iter(node.body), inner, loops + 1, depth)
        self._children(iter(node.else_), dict(scope), loops, depth)

    def _assign(
        self, node: nodes.Assign | nodes.AssignBlock, scope: Scope, loops: int, depth: int
    ) -> None:
        if not isinstance(node.target, nodes.Name):
            self._refuse(node, "set gives a value to one plain name")
        self._plain_name(node, node.target.name)
        path: str | None = None
        if isinstance(node, nodes.Assign):
            self.visit(node.node, scope, loops, depth + 1)
            if isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Getitem):
                path = self._path(node.node, scope, loops, depth)
        else:
            if node.filter is not None:
                self._refuse(node, "set with a filter cannot be used in a template")
            self._children(iter(node.body), dict(scope), loops, depth)
        scope[node.target.name] = path

    def _macro(self, node: nodes.Macro, scope: Scope, depth: int) -> None:
        self._plain_name(node, node.name)
        inner = dict(scope)
        for argument in node.args:
            self._plain_name(node, argument.name)
            inner[argument.name] = None
        self._children(iter(node.defaults), scope, 0, depth)
        self._children(iter(node.body), inner, 0, depth)
        self._macros.add(
            node.name
        )  # only now: a macro cannot call itself, nor one that comes later

    def _lookup(
        self, node: nodes.Call, function: LookupFunction, scope: Scope, loops: int, depth: int
    ) -> None:
        """Check a call to what stands outside; only here are dictionaries, which say what is sought."""
        named = [keyword.key for keyword in node.kwargs]
        if node.dyn_args or node.dyn_kwargs:
            self._refuse(node, "* and ** cannot be used in a call")
        if (fault := function.find_fault(len(node.args), named)) is not None:
            self._refuse(node, fault)
        for given in [*node.args, *(keyword.value for keyword in node.kwargs)]:
            if not isinstance(given, nodes.Dict):
                self.visit(given, scope, loops, depth + 1)
                continue
            for pair in given.items:
                if not (isinstance(pair.key, nodes.Const) and isinstance(pair.key.value, str)):
                    self._refuse(node, "between { and : stands a plain text")
                self.visit(pair.value, scope, loops, depth + 1)

    def _call(self, node: nodes.Call, scope: Scope, loops: int, depth: int) -> None:
        match node.node:
            case nodes.Name(name=name) if name in self._macros or name == "range":
                pass
            case nodes.Name(name=name) if name in FUNCTIONS and name not in scope:
                return self._lookup(node, FUNCTIONS[name], scope, loops, depth)
            case nodes.Getattr(node=nodes.Name(name="loop"), attr="cycle"):
                pass
            case nodes.Name(name=name):
                self._refuse(node, f"{name}() is not a macro defined before this place")
            case _:
                self._refuse(node, "only macros, lookups, range and loop.cycle can be called")
        if node.dyn_args or node.dyn_kwargs:
            self._refuse(node, "* and ** cannot be used in a call")
        return self._children([*node.args, *node.kwargs], scope, loops, depth)

    def _plain_name(self, node: nodes.Node, name: str) -> None:
        if name.startswith("_"):
            self._refuse(node, f"names beginning with an underscore ({name}) cannot be used")
        if name in {"self", "caller", "varargs", "kwargs", "super", "namespace"}:
            self._refuse(node, f"{name} cannot be used in a template")

    def _refuse(self, node: nodes.Node, reason: str) -> NoReturn:
        raise TemplateRefused(reason, self._locate(node.lineno or 1))
