# SPDX-License-Identifier: Apache-2.0
"""Values a register is full of: dates known in part, identity numbers, phones, names, case numbers, amounts."""
