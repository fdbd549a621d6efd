"""The side panel: one referral, opened."""
