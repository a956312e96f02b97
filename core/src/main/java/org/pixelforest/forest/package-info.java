/** Random forest on plain arrays: train, predict, out-of-bag error, importance. */
package org.pixelforest.forest;
