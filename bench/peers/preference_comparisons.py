"""imitation's preference comparisons with Stable-Baselines3's PPO, learning from a synthetic teacher's labels.

A request carries the environment, the seed, PPO's hyperparameters, how many steps, labels and rounds there are and how
the reward model is fitted. The reward model is an ensemble with the normalisation that imitation's own script gives it;
queries are chosen by the ensemble's disagreement; the teacher always prefers the fragment with the larger sum of true
rewards. The clock runs from the first step to the last update; making processes is not counted. Steps are all that any
environment took, those that imitation takes only to have something to compare included.
"""

import tempfile
import time
from multiprocessing import forkserver

import numpy
import torch
from imitation.algorithms import preference_comparisons
from imitation.policies.base import NormalizeFeaturesExtractor
from imitation.rewards.reward_nets import BasicRewardNet, NormalizedRewardNet, RewardEnsemble
from imitation.util import logger, networks
from stable_baselines3.common.vec_env import VecEnvWrapper

from protocol import serve
from sb3 import make_ppo, make_vector


class Counting(VecEnvWrapper):
    """Counts steps and keeps the true returns of the episodes that ended since they were last taken."""

    def __init__(self, vector):
        super().__init__(vector)
        self.steps = 0
        self.returns = []

    def reset(self):
        return self.venv.reset()

    def step_wait(self):
        observations, rewards, dones, infos = self.venv.step_wait()
        self.steps += self.num_envs
        self.returns += [info["episode"]["r"] for info in infos if "episode" in info]
        return observations, rewards, dones, infos

    def take_mean_return(self):
        mean = sum(self.returns) / len(self.returns) if self.returns else None
        self.returns = []
        return mean


def make_reward_model(vector, members, hidden):
    def member():
        network = BasicRewardNet(
            vector.observation_space,
            vector.action_space,
            hid_sizes=hidden,
            normalize_input_layer=networks.RunningNorm,
        )
        return NormalizedRewardNet(network, networks.RunningNorm)

    return RewardEnsemble(vector.observation_space, vector.action_space, [member() for _ in range(members)])


def measure(request):
    # It keeps a folder as well, and makes the environments' processes of every request: it must outlive the next folder.
    forkserver.ensure_running()
    # imitation's parts make folders for logs that nobody reads.
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            return teach(request, logger.configure(folder, format_strs=[]))
        finally:
            tempfile.tempdir = None


def teach(request, quiet):
    torch.set_num_threads(request["threads"])
    torch.manual_seed(request["seed"])
    rng = numpy.random.default_rng(request["seed"])
    vector = Counting(make_vector(request))
    model = make_reward_model(vector, request["members"], request["rewardHidden"])
    preferences = preference_comparisons.PreferenceModel(model, noise_prob=request["randomAnswers"])
    agent = make_ppo(vector, request, features_extractor_class=NormalizeFeaturesExtractor)
    comparisons = preference_comparisons.PreferenceComparisons(
        preference_comparisons.AgentTrainer(agent, model, vector, rng=rng, custom_logger=quiet),
        model,
        num_iterations=request["rounds"],
        fragmenter=preference_comparisons.ActiveSelectionFragmenter(
            preferences,
            preference_comparisons.RandomFragmenter(rng, warning_threshold=0),
            fragment_sample_factor=2,
            uncertainty_on="probability",
        ),
        preference_gatherer=preference_comparisons.SyntheticGatherer(temperature=0, rng=rng),
        reward_trainer=preference_comparisons.EnsembleTrainer(
            preferences,
            preference_comparisons.CrossEntropyRewardLoss(),
            rng=rng,
            batch_size=request["fitBatch"],
            epochs=request["fitEpochs"],
            lr=request["fitLearningRate"],
        ),
        fragment_length=request["fragmentLength"],
        initial_comparison_frac=request["initialShare"],
        initial_epoch_multiplier=request["initialEpochMultiplier"],
        custom_logger=quiet,
    )
    curve = []
    began = time.perf_counter()

    def note(_round):
        seconds = time.perf_counter() - began
        curve.append({"steps": vector.steps, "seconds": seconds, "trueReturn": vector.take_mean_return()})

    comparisons.train(request["steps"], request["labels"], callback=note)
    seconds = time.perf_counter() - began
    vector.close()
    return {"steps": vector.steps, "labels": len(comparisons.dataset), "seconds": seconds, "curve": curve}


if __name__ == "__main__":
    serve(measure)
