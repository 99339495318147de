# SPDX-License-Identifier: Apache-2.0
"""What goes out to whom, and what comes in from whom: on a connection, without files and without keys."""
