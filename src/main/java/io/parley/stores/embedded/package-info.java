/**
 * Real PostgreSQL, Redis and S3 below one directory, for those who want to run nothing else.
 *
 * <p>Only the command line may call it, before anything else starts; the rest of the process gets
 * addresses and secrets, and speaks to these servers as to any others. What is stored must survive
 * kill -9 of any process: no setting here may ever trade durability for speed, no server may be
 * left without an owner, and nothing may be reached without a password.
 *
 * <p>How it fits together: a {@link io.parley.stores.embedded.DataDirectory} is shared by any
 * number of processes. {@link io.parley.stores.embedded.DataLock} tells them apart from those that
 * died; whoever comes first starts the servers, whoever leaves last stops them. PostgreSQL and
 * Redis are processes in sessions of their own, so that neither Ctrl-C nor the death of the process
 * that started them reaches them. S3 lives inside one of the processes, and another takes over when
 * it goes.
 */
@NullMarked
package io.parley.stores.embedded;

import org.jspecify.annotations.NullMarked;
