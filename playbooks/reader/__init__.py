"""From a contract's text to a vendor's clock: rules a lawyer could follow, no network, no model."""
