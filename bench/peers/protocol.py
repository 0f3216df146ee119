"""How a script here is asked for measurements: one JSON object a line in, one a line out."""

import json
import os
import sys


def serve(measure):
    """Answers every line of standard input, a JSON object, with what `measure` returns for it.

    Whatever else is printed meanwhile, by libraries for example, goes to standard error, so that standard output
    carries answers alone.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        answers.write(json.dumps(measure(json.loads(line))) + "\n")
        answers.flush()
