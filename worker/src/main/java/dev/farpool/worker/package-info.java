/** The worker: the agent on a host, which runs tasks in processes of their own. */
package dev.farpool.worker;
