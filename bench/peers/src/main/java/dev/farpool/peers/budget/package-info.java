/** What Farpool is to reach, held against what was measured. */
package dev.farpool.peers.budget;
