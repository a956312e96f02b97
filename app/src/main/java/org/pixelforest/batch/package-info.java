/** Many images one after another or at once: which ones, under which name each result goes, what became of it. Shared by command line and page. */
package org.pixelforest.batch;
