/** Which faults come when, by a seed. Pure. */
package dev.farpool.chaos.schedule;
