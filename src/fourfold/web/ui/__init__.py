"""What all pages share: layout, components, lists, navigation, health and logs."""
