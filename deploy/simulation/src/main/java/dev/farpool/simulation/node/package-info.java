/** Simulated coordinators, workers with their executors, and clients, around the product's code. */
package dev.farpool.simulation.node;
