package org.dinobench.ui.common.properties;

import java.util.List;
import org.eclipse.ui.views.properties.IPropertyDescriptor;
import org.eclipse.ui.views.properties.IPropertySource;
import org.eclipse.ui.views.properties.PropertyDescriptor;

/** A list of facts as a property source: read-only, in groups, in a given order. */
public final class Facts implements IPropertySource {
    /**
     * One fact.
     *
     * @param group its group
     * @param name what it is
     * @param value what it is like
     */
    public record Fact(String group, String name, String value) {}

    private final Object about;
    private final List<Fact> facts;

    /**
     * Facts about an object.
     *
     * @param about the object
     * @param facts in the order in which they are shown
     */
    public Facts(Object about, List<Fact> facts) {
        this.about = about;
        this.facts = List.copyOf(facts);
    }

    @Override
    public Object getEditableValue() {
        return about;
    }

    @Override
    public IPropertyDescriptor[] getPropertyDescriptors() {
        IPropertyDescriptor[] descriptors = new IPropertyDescriptor[facts.size()];
        for (int i = 0; i < descriptors.length; i++) {
            PropertyDescriptor descriptor =
                    new PropertyDescriptor(Integer.valueOf(i), facts.get(i).name());
            descriptor.setCategory(facts.get(i).group());
            descriptor.setDescription(facts.get(i).value());
            descriptors[i] = descriptor;
        }
        return descriptors;
    }

    @Override
    public Object getPropertyValue(Object id) {
        return facts.get((Integer) id).value();
    }

    @Override
    public boolean isPropertySet(Object id) {
        return false;
    }

    @Override
    public void resetPropertyValue(Object id) {
        // facts cannot be changed
    }

    @Override
    public void setPropertyValue(Object id, Object value) {
        // facts cannot be changed
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Facts f && about.equals(f.about) && facts.equals(f.facts);
    }

    @Override
    public int hashCode() {
        return about.hashCode();
    }
}
