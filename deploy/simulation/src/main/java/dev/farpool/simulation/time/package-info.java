/** Virtual time, and processes that live in it. */
package dev.farpool.simulation.time;
