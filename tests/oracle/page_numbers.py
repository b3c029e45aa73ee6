"""Holds the numbers in a page's tables against the JSON form of the same audit."""

# Words of the page's tables for names of the JSON form.
NAMES = {"worst group": "worst_group_accuracy", "gap": "group_gap", "test loss": "nll",
         "minority share": "minority_share", "minority": "minority_share",
         "drift": "total_variation", "total variation": "total_variation",
         "Jensen-Shannon": "jensen_shannon", "PSI": "psi", "empirical": "empirical",
         "(at random)": "total_variation_at_random", "smoothed: one row more in every cell": "smoothed", "chi-square": "chi_square", "G": "g",
         "Fisher": "fisher", "signed rank": "wilcoxon"}
# Words that name no part of the JSON form.
NOTHING = {"", "(all)", "(any)", "majority", "none", "all"}


def shown_number(number):
    """A number as the page rounds it; the same rule as audit/reports/shown_numbers.cc."""
    size = abs(number)
    if size > 1 and number == int(number):
        return f"{number:.0f}"
    if 0 < size < 5e-5:
        return f"{number:.1e}"
    return f"{number:.4f}" if size < 10 else f"{number:.1f}"


def shown_p(p):
    if p == 0:
        return "<1e-300"
    return f"{p:.1e}" if p < 1e-4 else f"{p:.4f}"


def is_rounded(field):
    """Does the text of a field show the numbers behind it?"""
    numbers = [float(number) for number in field["of"].split()]
    text = field["text"]
    if len(numbers) == 2:
        return text == f"[{shown_number(numbers[0])}, {shown_number(numbers[1])}]"
    (number,) = numbers
    text = text.split(" +- ")[0]
    return text in {shown_number(number), shown_p(number), f"{number:.0f}"}


def labels(entry):
    """The strings that tell an entry of a list from the others."""
    words = []
    for value in entry.values():
        if isinstance(value, str):
            words.append(value)
        elif isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            words += value
        elif isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            words += value.values()
    return words


def leaves(node, context=()):
    """Every number of a document with the names and labels on the way to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*context, key))
    elif isinstance(node, list):
        for value in node:
            own = labels(value) if isinstance(value, dict) else []
            yield from leaves(value, (*context, *own))
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        yield float(node), context


class Document:
    def __init__(self, document):
        self.contexts = {}
        for number, context in leaves(document):
            self.contexts.setdefault(number, []).append("\0".join(context))

    def has(self, number, words):
        """Is there such a number at a place that all of the words name?"""
        return any(all(word in context for word in words)
                   for context in self.contexts.get(number, []))

    def has_names(self, number, names):
        return self.has(number, [part for name in names for part in self.parts(number, name)])

    def parts(self, number, name):
        """A name as the document has it; or that of several values: "a, blue", "char a"."""
        for whole in (name, NAMES.get(name, name)):
            if self.has(number, [whole]):
                return [whole]
        for between in (", ", " - "):
            if between in name:
                return name.split(between)
        return [name.split(" ", 1)[-1]]


def words_of(names):
    """Names of a row, as the JSON form has them. "a, blue" are two values."""
    for name in names:
        name = name.strip()
        if name.startswith("p, "):
            yield "p_value"
        elif name.endswith("]") and "[" in name:  # demographic_parity_difference[a]
            yield from (name.split("[")[0], "[" + name.split("[", 1)[1])
        elif name.endswith("_to_overall"):  # accuracy_difference_to_overall
            yield from (name.removesuffix("_to_overall"), "_to_overall")
        elif name not in NOTHING:
            yield name


def wrong_numbers(tables, document):
    """Sentences on the numbers that are not those of the document; and how many were right."""
    held = Document(document)
    wrong = []
    right = 0
    for table in tables:
        for row in table["rows"]:
            words = [] if table["columns"][0] == "step" else list(words_of(
                name for name, column in zip(row["names"], table["columns"])
                if column not in ("in the pool", "seeds", "first steps")))
            columns = table["columns"][-len(row["fields"]):]
            for column, field in zip(columns, row["fields"]):
                if not field["of"]:
                    continue
                where = f"{table['title']}: {row['names']}: {field['text']}"
                if not is_rounded(field):
                    wrong.append(f"{where} does not show {field['of']}")
                names = words
                if column == "expected >=":  # Of all tests of a table, beside each.
                    names = words[:-1]
                elif column in ("step", "labelled") and table["columns"][0] == "heuristic":
                    names = words[:1]  # Of all cells of a step.
                    if names == ["(at random)"]:
                        names = []
                for number in map(float, field["of"].split()):
                    if held.has_names(number, names):
                        right += 1
                    else:
                        wrong.append(f"{where}: the JSON form has no {number!r} of {names}")
    return wrong, right
