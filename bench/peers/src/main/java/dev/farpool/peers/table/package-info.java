/** What was measured over all rounds, for people and for programs. */
package dev.farpool.peers.table;
