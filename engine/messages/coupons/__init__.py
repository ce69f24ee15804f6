"""Coupons: codes kept in pools, of which each message draws one."""
