# SPDX-License-Identifier: Apache-2.0
"""The change log: an append-only, field-level record of every save. Tables are what folding it gives."""
