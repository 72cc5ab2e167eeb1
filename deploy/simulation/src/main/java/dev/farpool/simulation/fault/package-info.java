/** What goes wrong, and how often in which kind of run. */
package dev.farpool.simulation.fault;
