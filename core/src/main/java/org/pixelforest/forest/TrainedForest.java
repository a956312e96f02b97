package org.pixelforest.forest;

/** A forest and what its training says of it. */
public record TrainedForest(RandomForest forest, TrainingReport report) {}
