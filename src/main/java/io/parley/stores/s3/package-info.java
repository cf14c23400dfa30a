/**
 * Where media bytes live: any store that speaks S3.
 *
 * <p>Used by the media capability and wired by the deployment. Bytes of media never pass through
 * here, only permissions to send and fetch them.
 */
@NullMarked
package io.parley.stores.s3;

import org.jspecify.annotations.NullMarked;
