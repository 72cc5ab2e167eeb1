/** Simulated workers: the real protocol on real connections, but tasks that only take time. */
package dev.farpool.scale.crew;
