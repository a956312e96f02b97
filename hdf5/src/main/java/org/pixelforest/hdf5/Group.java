package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A folder of the file. Paths are relative to it unless they start with "/". Safe for many threads. */
public final class Group implements Node {

    /** Soft links followed on the way along one path, as in the reference library. */
    private static final int MOST_SOFT_LINKS = 16;

    private final ObjectNode node;
    private final Map<String, Group> opened = new ConcurrentHashMap<>();
    private Map<String, Link> links;

    Group(ObjectNode node) {
        this.node = node;
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public Attributes attributes() throws IOException {
        return node.attributes();
    }

    /** The names of everything in the group, links that lead nowhere included, in the order of their bytes. */
    public List<String> names() throws IOException {
        return List.copyOf(links().keySet());
    }

    synchronized Map<String, Link> links() throws IOException {
        if (links == null) {
            links = Links.read(node.file().storage(), node.header());
        }
        return links;
    }

    /**
     * What stands at {@code path}, as in "a/b/c"; nothing if there is no such name or a soft link on the way leads
     * nowhere.
     *
     * @throws UnsupportedHdf5Exception if a link on the way leads to another file
     */
    public Optional<Node> find(String path) throws IOException {
        return find(path, new int[] {MOST_SOFT_LINKS});
    }

    private Optional<Node> find(String path, int[] softLinks) throws IOException {
        Node at = path.startsWith("/") ? node.file().root() : this;
        for (String name : path.split("/")) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (!(at instanceof Group group)) {
                return Optional.empty();
            }
            Optional<Node> next = group.step(name, softLinks);
            if (next.isEmpty()) {
                return next;
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private Optional<Node> step(String name, int[] softLinks) throws IOException {
        Group known = opened.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Link link = links().get(name);
        if (link instanceof Link.Hard hard) {
            Node found = node.file().open(hard.address(), (path().equals("/") ? "" : path()) + "/" + name);
            if (found instanceof Group group) {
                opened.put(name, group);
            }
            return Optional.of(found);
        }
        if (link instanceof Link.Soft soft) {
            return softLinks[0]-- > 0 ? find(soft.target(), softLinks) : Optional.empty();
        }
        if (link instanceof Link.Foreign) {
            throw node.file().storage().unsupported("a link into another file, \"" + name + "\" in " + path());
        }
        return Optional.empty();
    }

    /** The group at {@code path}. */
    public Group group(String path) throws IOException {
        return require(path, Group.class, "group");
    }

    /** The dataset at {@code path}. */
    public Dataset dataset(String path) throws IOException {
        return require(path, Dataset.class, "dataset");
    }

    private <T extends Node> T require(String path, Class<T> kind, String noun) throws IOException {
        Node found = find(path).orElse(null);
        if (!kind.isInstance(found)) {
            String where = path.startsWith("/") || path().equals("/") ? path : path() + "/" + path;
            throw new Hdf5Exception(
                    node.file().path() + ": " + (found == null ? "has no " : "is no ") + noun + " \"" + where + "\"");
        }
        return kind.cast(found);
    }

    ObjectHeader header() {
        return node.header();
    }

    Hdf5File file() {
        return node.file();
    }
}
