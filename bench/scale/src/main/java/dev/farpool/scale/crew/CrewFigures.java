package dev.farpool.scale.crew;

/**
 * What the workers of a crew have seen; times in milliseconds.
 *
 * @param registeredMillis from the first connection to the last answer to a registration
 * @param starts tasks begun
 * @param sent messages to the coordinator
 * @param received messages from it
 * @param heartbeats those that were answered
 * @param heartbeatP50 from a heartbeat to its answer
 * @param broken streams that ended by themselves
 * @param leasesOver how often a worker would have ended its tasks, as nothing was heard
 * @param why the last stream ended; empty if none did
 */
public record CrewFigures(
    double registeredMillis,
    long starts,
    long sent,
    long received,
    long heartbeats,
    double heartbeatP50,
    double heartbeatP99,
    double heartbeatMax,
    int broken,
    int leasesOver,
    String why) {}
