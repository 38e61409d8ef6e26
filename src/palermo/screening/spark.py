"""The Spark that tables are worked on with: a cluster's session, or a local one."""

from __future__ import annotations

import os
import shutil
from typing import Any

from palermo.screening.tables import UnreadableTable


def spark_session() -> Any:
    """The Spark session of this process: the one there is (a cluster's), or a local one.

    Raises UnreadableTable where pyspark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UnreadableTable("the engine spark needs pyspark: pip install 'palermo[spark]'") from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise UnreadableTable(
            "the engine spark needs Java 17 or newer: install openjdk-17-jre-headless or the like, or set JAVA_HOME"
        )
    builder = SparkSession.builder.appName("palermo").config("spark.ui.enabled", "false")
    if not os.environ.get("SPARK_REMOTE") and not os.environ.get("MASTER"):
        builder = builder.master("local[*]").config("spark.sql.shuffle.partitions", "8")
    session = builder.config("spark.log.level", "ERROR").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
