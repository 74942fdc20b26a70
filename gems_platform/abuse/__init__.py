# SPDX-License-Identifier: Apache-2.0
"""What people report as wrong with a campaign, a task or a message, for the operator to look at."""
