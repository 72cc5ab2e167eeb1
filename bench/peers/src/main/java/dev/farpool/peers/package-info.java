/** Farpool beside what users would take instead, and beside what the machine allows. */
package dev.farpool.peers;
