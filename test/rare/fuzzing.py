"""What Schemathesis sends to Mooring, and what it may never be answered. Loaded by it (SCHEMATHESIS_HOOKS).

FUZZ_IDS: a JSON object of ids that exist, a list for each kind of record. FUZZ_SECRETS: a JSON list of texts that no answer
may have.
FUZZ_REPORT: the file that is written at the end, with how many answers each field of the API gave.
"""

import atexit
import collections
import json
import os
import random
import re

import graphql
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

IDS = json.loads(os.environ["FUZZ_IDS"])
SOME_ID = IDS["project"][0]
SECRETS = json.loads(os.environ["FUZZ_SECRETS"])


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [{"a": value}]
    return value


# Values that can't be written in a query, or not well: each is named there by a text, and sent as a variable.
HOSTILE = {
    f"hostile {name}": value
    for name, value in {
        "text of 100,000 characters": "x" * 100_000,
        "words": " ".join(f"word{n}" for n in range(20_000)),
        "wildcards": "%_*?\"(){}[]^~\\" * 3_000,
        "NUL": "a\0b",
        "half a surrogate pair": "a\ud800",
        "other half": "\udfff",
        "number of 400 digits": 10**400,
        "number beyond 53 bits": 2**53 + 1,
        "smallest number": 5e-324,
        "minus zero": -0.0,
        "deep": nested(20),
        "deeper": nested(200),
        "prototype": {"__proto__": {"isAdmin": True}, "constructor": {"prototype": 1}},
        "name of the prototype": "__proto__",
        "operators": {"$where": "sleep(1000)", "$gt": "", "a.b": 1, "": 2},
        "wide": {f"k{n}": n for n in range(5_000)},
        "list of 10,000": [f"x{n}" for n in range(10_000)],
        "list of nulls": [None] * 10_000,
        "connection string": "mongodb://user:password@127.0.0.1:1/?directConnection=true",
        "options of a connection": "mongodb://127.0.0.1:1/?tlsCAFile=/etc/passwd&authMechanism=MONGODB-AWS",
        "connection string of a stranger": "mongodb+srv://user:pass;word@host.invalid/",
        "address": "http://127.0.0.1:1/../\r\nHost: x",
        "file": "/proc/self/environ",
        "way up": "../" * 40 + "etc/passwd",
        "cursor": "W1tbWzFdXV1d",
        "moment": "9999-12-31T23:59:59-23:59",
        "other moment": "-271821-04-20T00:00:00.000Z",
        "id": f"{SOME_ID[:-8]}zzzzzzzz",
        "SQL": "'; drop table documents; --\x1a",
    }.items()
}

# Stand for the id of a record that exists, of the kind that is asked for at that place.
KNOWN = {f"id {n}": n for n in range(12)}

# A path is one of those above: nothing is made in a folder that a text happens to name. So are most mistakes, since what
# has one isn't carried out.
letters = st.characters(exclude_categories=["C"], exclude_characters="/\\")
texts = st.text(letters, min_size=1, max_size=40)
hostile = st.sampled_from(sorted(HOSTILE))
strings = st.one_of(*[texts] * 8, hostile).map(nodes.String)
wide = st.integers(-(2**31), 2**31 - 1)
floats = st.floats(allow_nan=False, allow_infinity=False)
leaves = strings | wide.map(nodes.Int) | floats.map(nodes.Float) | st.booleans().map(nodes.Boolean)
keys = st.from_regex(r"[_A-Za-z][_0-9A-Za-z]{0,8}", fullmatch=True)


def object_node(members):
    fields = [graphql.ObjectFieldNode(name=graphql.NameNode(value=key), value=value) for key, value in members.items()]
    return nodes.Object(fields)


def objects(inner):
    return st.dictionaries(keys, inner, max_size=4).map(object_node)


anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4).map(nodes.List) | objects(inner), max_leaves=8)
moments = st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")

schemathesis.graphql.scalar("String", strings)
# Most ids, numbers and moments are right, so that what is asked is carried out.
schemathesis.graphql.scalar("ID", st.one_of(*[st.sampled_from(sorted(KNOWN))] * 6, texts, hostile).map(nodes.String))
schemathesis.graphql.scalar("Int", (st.integers(-1, 5) | st.integers(0, 300) | wide).map(nodes.Int))
schemathesis.graphql.scalar("JSON", anything | hostile.map(nodes.String))
schemathesis.graphql.scalar("JSONObject", objects(anything) | hostile.map(nodes.String))
schemathesis.graphql.scalar("DateTime", (moments | moments | moments | hostile).map(nodes.String))

asked = collections.Counter()
codes = collections.Counter()
carried_out = collections.Counter()


ERROR = graphql.parse("{ __typename ... on Error { code message hint } }").definitions[0].selection_set


class Fill(graphql.Visitor):
    """
    Puts ids where a text stands for one, makes each argument that has a hostile value a variable, and leaves out much of what
    may be left out: the more is said, the less is carried out.
    """

    def __init__(self, types, seed):
        super().__init__()
        self.random = random.Random(seed)
        self.types = types
        self.field = ""
        self.declared = []
        self.variables = {}

    def enter_field(self, node, *_):
        self.field = node.name.value

    def enter_argument(self, node, *_):
        argument = self.types.get_argument()
        if argument is None:
            return None
        is_null = isinstance(node.value, graphql.NullValueNode)
        if not graphql.is_required_argument(argument) and self.random.random() < (0.8 if is_null else 0.4):
            return graphql.REMOVE
        filled = self.leaner(with_ids(node.value, self.field, node.name.value), argument.type)
        if not any(text in HOSTILE for text in texts_in(filled)):
            return graphql.ArgumentNode(name=node.name, value=filled)
        variable = graphql.VariableNode(name=graphql.NameNode(value=f"v{len(self.declared)}"))
        type_ = graphql.parse_type(str(argument.type))
        self.declared.append(graphql.VariableDefinitionNode(variable=variable, type=type_, directives=()))
        self.variables[variable.name.value] = plain(filled)
        return graphql.ArgumentNode(name=node.name, value=variable)

    def leaner(self, node, type_):
        type_ = graphql.get_nullable_type(type_)
        if isinstance(node, graphql.ListValueNode) and graphql.is_list_type(type_):
            return nodes.List([self.leaner(inner, type_.of_type) for inner in node.values])
        if not isinstance(node, graphql.ObjectValueNode) or not graphql.is_input_object_type(type_):
            return node
        kept = {}
        for field in node.fields:
            member = type_.fields[field.name.value]
            is_null = isinstance(field.value, graphql.NullValueNode)
            if graphql.is_required_input_field(member) or self.random.random() > (0.8 if is_null else 0.3):
                kept[field.name.value] = self.leaner(field.value, member.type)
        return object_node(kept)

    def leave_field(self, node, *_):
        """Always selects the error of a mutation."""
        if not graphql.is_union_type(graphql.get_named_type(self.types.get_type())):
            return None
        selections = (*node.selection_set.selections, *ERROR.selections)
        chosen = graphql.SelectionSetNode(selections=selections)
        return graphql.FieldNode(
            alias=node.alias, name=node.name, arguments=node.arguments, directives=node.directives, selection_set=chosen
        )

    def leave_operation_definition(self, node, *_):
        return graphql.OperationDefinitionNode(
            operation=node.operation,
            name=node.name,
            directives=node.directives,
            variable_definitions=tuple(self.declared),
            selection_set=node.selection_set,
        )


def with_ids(node, field, place):
    """A value whose texts that stand for ids are those: a project's at `projectId`, a task's at the `id` of `updateTask`."""
    if isinstance(node, graphql.ListValueNode):
        return nodes.List([with_ids(inner, field, place) for inner in node.values])
    if isinstance(node, graphql.ObjectValueNode):
        return object_node({inner.name.value: with_ids(inner.value, field, inner.name.value) for inner in node.fields})
    if isinstance(node, graphql.StringValueNode) and node.value in KNOWN:
        name = (field if place in ("id", "input") else place.removesuffix("Id")).lower()
        fitting = [ids for kind, ids in IDS.items() if name.endswith(kind)] or list(IDS.values())
        known = [one for same in zip(*fitting) for one in same]
        return nodes.String(known[KNOWN[node.value] % len(known)])
    return node


def texts_in(node):
    if isinstance(node, graphql.ListValueNode):
        return [text for inner in node.values for text in texts_in(inner)]
    if isinstance(node, graphql.ObjectValueNode):
        return [text for inner in node.fields for text in texts_in(inner.value)]
    return [node.value] if isinstance(node, graphql.StringValueNode) else []


def plain(node):
    if isinstance(node, graphql.ListValueNode):
        return [plain(inner) for inner in node.values]
    if isinstance(node, graphql.ObjectValueNode):
        return {inner.name.value: plain(inner.value) for inner in node.fields}
    if isinstance(node, graphql.StringValueNode):
        return HOSTILE.get(node.value, node.value)
    return graphql.value_from_ast_untyped(node)


@schemathesis.hook
def map_case(context, case):
    types = graphql.TypeInfo(case.operation.schema.client_schema)
    fill = Fill(types, case.body)
    document = graphql.visit(graphql.parse(case.body), graphql.TypeInfoVisitor(types, fill))
    case.body = json.dumps({"query": graphql.print_ast(document), "variables": fill.variables}).encode()
    return case


@schemathesis.check
def tells_nothing_and_fails_nowhere(ctx, response, case):
    text = response.content.decode("utf-8", "replace")
    asked[case.operation.label] += 1
    codes.update(re.findall(r'"code":"(\w+)"', text) or ["none"])
    fault = fault_of(response.status_code, text)
    if fault:
        raise AssertionError(f"{fault}: {text[:600]}\nto {case.body[:2000]!r}")
    for value in (json.loads(text).get("data") or {}).values():
        if value is not None and not str(value.get("__typename", "") if isinstance(value, dict) else "").endswith("Error"):
            carried_out[case.operation.label] += 1


# Where the API itself says where projects are.
PLACE = re.compile(r'"place":"[^"]*"')


def fault_of(status, text):
    """What is wrong with an answer; None when nothing is."""
    if status >= 500:
        return f"fails with {status}"
    if re.search(r'"code":"(INTERNAL|STORE_\w+)"', text):
        return "fails"
    if any(secret in PLACE.sub("", text) for secret in SECRETS):
        return "tells a path"
    if re.search(r'(\\n|") {4}at |node:internal|node_modules', text):
        return "tells a stack"
    if '"errors"' in text and not re.search(r'"hint":"[^"]', text):
        return "has no hint"
    return None


@atexit.register
def report():
    with open(os.environ["FUZZ_REPORT"], "w", encoding="utf-8") as file:
        json.dump({"asked": asked, "carriedOut": carried_out, "codes": codes}, file)
