"""A reader that takes the canonical form of JSON (RFC 8785) and nothing else (spec §7.4).

It reads only what the formats of §7.3 and §7.5 can contain: objects, lists, texts, null, and integers below 2^53 that
are not negative. All other values would be out of every range, and are refused like every other spelling.
"""

import re

# Deeper than any format nests, and far from exhausting the stack.
MAX_DEPTH = 8

INTEGER = re.compile(r"0|[1-9][0-9]{0,15}")
PLAIN_TEXT = re.compile(r'[^"\\\x00-\x1f]*')
SHORT_ESCAPES = {'"': '"', "\\": "\\", "b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class BadJson(Exception):
    """Text that is not the canonical form of such a value."""


def read_canonical_json(data):
    """The value of bytes in canonical form: dict, list, str, int or None."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson(f"byte {error.start}: expected UTF-8") from None
    reader = JsonReader(text)
    value = reader.value(0)
    if reader.offset != len(text):
        raise BadJson(f"character {reader.offset}: expected the end")
    return value


class JsonReader:
    def __init__(self, text):
        self.text = text
        self.offset = 0

    def peek(self):
        return self.text[self.offset : self.offset + 1]

    def expect(self, token):
        if not self.text.startswith(token, self.offset):
            raise BadJson(f"character {self.offset}: expected {token}")
        self.offset += len(token)

    def match(self, pattern):
        found = pattern.match(self.text, self.offset)
        if found is None:
            raise BadJson(f"character {self.offset}: expected a value")
        self.offset = found.end()
        return found.group()

    def value(self, depth):
        if depth > MAX_DEPTH:
            raise BadJson(f"character {self.offset}: nested too deeply")
        first = self.peek()
        if first == "{":
            return self.object(depth)
        if first == "[":
            return self.list(depth)
        if first == '"':
            return self.string()
        if first == "n":
            self.expect("null")
            return None
        return self.integer()

    def integer(self):
        number = int(self.match(INTEGER))
        if number >= 2**53:
            raise BadJson(f"character {self.offset}: a number too large for any member")
        return number

    def object(self, depth):
        """Members are sorted by the UTF-16 code units of their names, strictly, so none is there twice."""
        members = {}
        previous = None
        self.expect("{")
        while self.peek() != "}":
            if previous is not None:
                self.expect(",")
            name = self.string()
            order = name.encode("utf-16-be")
            if previous is not None and order <= previous:
                raise BadJson(f"character {self.offset}: member {name!r} out of order or twice")
            previous = order
            self.expect(":")
            members[name] = self.value(depth + 1)
        self.expect("}")
        return members

    def list(self, depth):
        items = []
        self.expect("[")
        while self.peek() != "]":
            if items:
                self.expect(",")
            items.append(self.value(depth + 1))
        self.expect("]")
        return items

    def string(self):
        parts = []
        self.expect('"')
        while True:
            parts.append(self.match(PLAIN_TEXT))
            if self.peek() != "\\":
                self.expect('"')
                return "".join(parts)
            parts.append(self.escape())

    def escape(self):
        """The one escape that the canonical form has for a character that needs one."""
        self.expect("\\")
        letter = self.peek()
        if letter in SHORT_ESCAPES:
            self.offset += 1
            return SHORT_ESCAPES[letter]
        digits = self.text[self.offset : self.offset + 5]
        for code in range(0x20):
            if digits == f"u{code:04x}" and chr(code) not in SHORT_ESCAPES.values():
                self.offset += 5
                return chr(code)
        raise BadJson(f"character {self.offset}: an escape that the canonical form does not have")
