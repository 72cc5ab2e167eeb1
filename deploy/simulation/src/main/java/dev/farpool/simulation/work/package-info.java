/** What users do: their pools, their tasks, and what they change their minds about. */
package dev.farpool.simulation.work;
