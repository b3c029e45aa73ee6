"""What a comparison needs: running afaudit, and holding its figures against a peer's."""
import json
import subprocess
import sys


class Held:
    """Counts the figures that agree and ends at the first that does not."""

    def __init__(self, title):
        self.title, self.figures, self.worst = title, 0, 0.0

    def same(self, name, ours, theirs, tolerance=1e-12):
        off = abs(float(ours) - float(theirs)) / max(1.0, abs(float(theirs)))
        if not off <= tolerance:
            sys.exit(f"{self.title}: {name} is {ours!r} where the peer has {theirs!r}")
        self.figures, self.worst = self.figures + 1, max(self.worst, off)

    def same_p(self, name, ours, theirs):
        """Of itself, since a p-value can be any small number."""
        self.same(name, ours / theirs if theirs > 1e-300 else 1 + ours, 1, 1e-9)

    def done(self):
        print(f"{self.title}: {self.figures} figures agree, the worst to {self.worst:.1e}")


class Auditor:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def report(self, path, *options):
        command = [self.program, path, *options, "--json", "--replicates", "0", "--score-replicates", "0"]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

    def of_table(self, name, table, *options):
        path = self.folder / name
        table.to_csv(path, index=False)
        return self.report(path, *options)


def group_options(groups):
    return [word for group in groups for word in ("--group", group)]
