"""How long PyTorch takes for one training step of a small network on one thread: forward, squared error, backward, Adam.

A request with a problem says what is to be learnt: where in a file of 32-bit floats each layer's weights, [in, out], and
biases stand, and the inputs and targets, [rows, in] and [rows, out], so that both sides compute the same numbers. The
requests after it name an optimiser and a number of steps.
"""

import time

import numpy
import torch
from torch import nn

from protocol import serve

# PyTorch's Adam as it comes, and its fused kernel, which on a processor is a single pass over all parameters.
OPTIMISERS = {"Adam": {}, "fused Adam": {"fused": True}}

torch.set_num_threads(1)
trainers = {}


class Trainer:
    def __init__(self, problem, optimiser):
        numbers = torch.from_numpy(numpy.fromfile(problem["file"], dtype="<f4"))
        layers = []
        for layer in problem["layers"]:
            rows, columns = layer["in"], layer["out"]
            linear = nn.Linear(rows, columns)
            with torch.no_grad():
                weights = numbers[layer["weights"] : layer["weights"] + rows * columns]
                linear.weight.copy_(weights.reshape(rows, columns).T)
                linear.bias.copy_(numbers[layer["biases"] : layer["biases"] + columns])
            layers += [linear, nn.Tanh()]
        self.network = nn.Sequential(*layers[:-1])
        shape = (problem["rows"], -1)
        self.input = numbers[problem["input"] : problem["target"]].reshape(shape)
        self.target = numbers[problem["target"] :].reshape(shape)
        self.loss = nn.MSELoss()
        self.optimiser = torch.optim.Adam(
            self.network.parameters(), lr=problem["learningRate"], **OPTIMISERS[optimiser]
        )

    def train(self, steps):
        for _ in range(steps):
            loss = self.loss(self.network(self.input), self.target)
            self.optimiser.zero_grad()
            loss.backward()
            self.optimiser.step()
        return loss.item()


def measure(request):
    if "problem" in request:
        trainers.clear()
        for optimiser in OPTIMISERS:
            trainers[optimiser] = Trainer(request["problem"], optimiser)
        return {"optimisers": list(OPTIMISERS)}
    started = time.perf_counter()
    loss = trainers[request["optimiser"]].train(request["steps"])
    return {"microseconds": (time.perf_counter() - started) * 1e6, "loss": loss}


if __name__ == "__main__":
    serve(measure)
