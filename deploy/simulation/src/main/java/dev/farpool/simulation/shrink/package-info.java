/** Makes a failing scenario small enough to be understood. */
package dev.farpool.simulation.shrink;
