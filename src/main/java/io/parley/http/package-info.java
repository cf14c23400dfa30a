/**
 * The REST edge: HTTP in, commands out.
 *
 * <p>{@code openapi.yaml} is the contract: every operation in it has exactly one answer here, and
 * its requests are checked by it before anything else looks at them. Who asks is known from the
 * access token alone. Only {@code Deployment} uses this package, through {@link
 * io.parley.http.HttpVerticle}. It must never happen that an error leaves this package in any other
 * form than a problem of the failure catalogue, or that a cookie other than the refresh token's is
 * set.
 */
@NullMarked
package io.parley.http;

import org.jspecify.annotations.NullMarked;
