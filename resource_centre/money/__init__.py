# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of household money (domain reference 4.7): plain values in, plain values out, no store, no window.

Amounts are whole units of one currency; what lies between is `decimal`, never binary fractions.
"""
