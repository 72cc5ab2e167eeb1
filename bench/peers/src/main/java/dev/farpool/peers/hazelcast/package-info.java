/** A Hazelcast member with an executor of two threads, and its client. */
package dev.farpool.peers.hazelcast;
