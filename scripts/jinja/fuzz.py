"""Makes random templates and what real Jinja2 renders of them.

Usage: python3 fuzz.py SEED COUNT > cases.json      (needs jinja2 3.1)
Scoping, loops, macros, calls and truth are what goes wrong in a Jinja that is not Python's, so that is what the
templates are made of. fuzz.mjs runs them through ours; a case that differed is kept in test/fixtures/jinja/fuzz.json.
"""
import json
import random
import re
import sys

import jinja2
from jinja2.sandbox import SandboxedEnvironment

NAMES = ["a", "b", "c", "x", "loop_", "h"]
MACROS = ["m0", "m1", "m2"]
# Every template begins with these, so that a call always means something.
PRELUDE = "".join(
    "{% macro " + name + "(a, b=h) %}{{ varargs|length }}{{ kwargs|length }}{{ caller(1) if caller }}{{ a }}{{ c }}{% endmacro %}"
    for name in MACROS
)


class Maker:
    """Builds one template after the other from a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, choices):
        return self.random.choice(choices)()

    def name(self):
        return self.random.choice(NAMES)

    def atom(self):
        return self.random.choice(NAMES + ["1", "2", "-7", "2.5", '"s"', "'é'", "[1, 2]", "{'k': 1}", "(1,)", "none", "true"])

    def expression(self, depth=0):
        if depth > 2 or self.random.random() < 0.35:
            return self.atom()
        sub = lambda: self.expression(depth + 1)
        return self.pick(
            [
                lambda: f"({sub()} ~ {sub()})",
                lambda: f"({sub()} if {sub()} else {sub()})",
                lambda: f"({sub()} if {sub()})",
                lambda: f"({sub()} or {sub()})",
                lambda: f"({sub()} and {sub()})",
                lambda: f"(not {sub()})",
                lambda: f"({sub()} == {sub()})",
                lambda: f"({sub()} is defined)",
                lambda: f"[{sub()}, {sub()}]",
                lambda: f"({sub()}|string|length)",
                lambda: f"({sub()}|default({sub()}))",
                lambda: f"({sub()} in [{sub()}])",
                lambda: f"{self.random.choice(MACROS)}({', '.join(sub() for _ in range(self.random.randrange(3)))})",
            ]
        )

    def body(self, depth, in_loop):
        return "".join(self.statement(depth, in_loop) for _ in range(self.random.randrange(1, 4)))

    def statement(self, depth, in_loop):
        simple = [
            lambda: "<{{ " + self.expression() + " }}>",
            lambda: "{% set " + self.name() + " = " + self.expression() + " %}",
            lambda: "[{{ " + self.name() + " }}]",
            lambda: "{%- set b, c = [1, " + self.expression() + "] %}",
            lambda: "text\n",
        ]
        if in_loop:
            simple.append(lambda: "{% if " + self.expression() + " %}{% " + self.random.choice(["break", "continue"]) + " %}{% endif %}")
        blocks = [lambda: self.condition(depth, in_loop), lambda: self.loop(depth, in_loop), lambda: self.macro(depth)]
        blocks += [
            lambda: "{% set " + self.name() + " %}" + self.body(depth + 1, False) + "{% endset %}",
            lambda: "{% with " + self.name() + " = " + self.expression() + " %}" + self.body(depth + 1, in_loop) + "{% endwith %}",
            lambda: "{% call" + self.random.choice(["(a)", "(b, c=2)"]) + " " + self.random.choice(MACROS) + "(" + self.expression() + ") %}" + self.body(depth + 1, False) + "{% endcall %}",
            lambda: "{% filter upper %}" + self.body(depth + 1, False) + "{% endfilter %}",
        ]
        return self.pick(simple if depth > 3 else simple + blocks)

    def condition(self, depth, in_loop):
        text = "{% if " + self.expression() + " %}" + self.body(depth + 1, in_loop)
        if self.random.random() < 0.4:
            text += "{% elif " + self.expression() + " %}" + self.body(depth + 1, in_loop)
        if self.random.random() < 0.5:
            text += "{% else %}" + self.body(depth + 1, in_loop)
        return text + "{% endif %}"

    def loop(self, depth, in_loop):
        over = self.random.choice(["[1, 2, 3]", "[]", '"ab"', "[a, b]", "[[1], [2]]", f"range({self.random.randrange(4)})"])
        only = " if " + self.expression() if self.random.random() < 0.3 else ""
        text = "{% for " + self.name() + " in " + over + only + " %}" + self.body(depth + 1, True)
        if self.random.random() < 0.4:
            text += "{{ loop.index }}{{ loop.last }}"
        if self.random.random() < 0.3:
            text += "{% else %}" + self.body(depth + 1, in_loop)
        return text + "{% endfor %}"

    def macro(self, depth):
        parameters = self.random.sample(NAMES, self.random.randrange(3))
        required = self.random.randrange(len(parameters) + 1)
        shown = [p if i < required else f"{p}={self.expression(2)}" for i, p in enumerate(parameters)]
        head = "{% macro " + self.random.choice(MACROS) + "(" + ", ".join(shown) + ") %}"
        return head + "{{ varargs|length }}{{ kwargs|length }}" + self.body(depth + 1, False) + "{% endmacro %}"

    def template(self):
        return PRELUDE + "".join(self.statement(0, False) for _ in range(self.random.randrange(2, 7)))


def answer(environment, template):
    """What Jinja2 renders, or the kind of its error; None where the case says nothing of use."""
    try:
        text = environment.from_string(template).render(h="HOST", a=[5, 6])
    except RecursionError:
        return None
    except jinja2.TemplateSyntaxError:
        return "ERROR:syntax"
    except SyntaxError:  # Jinja2 made Python that Python refuses
        return None
    except Exception as error:
        return "ERROR:" + type(error).__name__
    return None if len(text) > 20_000 else re.sub(r" at 0x[0-9a-f]+", "", text)


def main(seed, count):
    environment = SandboxedEnvironment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    maker, cases = Maker(seed), []
    while len(cases) < count:
        template = maker.template()
        expected = answer(environment, template) if len(template) < 3_000 else None
        if expected is not None:
            cases.append({"t": template, "exp": expected})
    json.dump(cases, sys.stdout)


main(int(sys.argv[1]), int(sys.argv[2]))
