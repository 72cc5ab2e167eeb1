/**
 * What happened lately, for people who look: bounded whatever happens, and cheap where tasks are
 * many. As pure as the core, which tells it everything.
 */
package dev.farpool.coordinator.history;
