/**
 * gRPC between simulated processes: connections that are slow, break, and lie about being there.
 */
package dev.farpool.simulation.net;
