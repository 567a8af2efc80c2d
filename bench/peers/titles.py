"""What the tables' columns are called where a tool is asked in English."""

from __future__ import annotations

TITLES = {
    "gdp": "GDP",
    "info_consumption": "Information consumption",
    "ecommerce_sales": "Ecommerce sales",
    "online_retail_sales": "Online retail sales",
    "telecom_revenue": "Telecom revenue",
    "software_revenue": "Software revenue",
    "population": "Population",
    "broadband_subscribers": "Broadband subscribers",
    "mobile_subscribers": "Mobile subscribers",
    "lte_subscribers": "LTE subscribers",
    "lte_base_stations": "LTE base stations",
    "info_consumption_share_of_gdp": "Share of GDP",
    "lte_share_of_mobile": "LTE share",
    "info_consumption_per_capita": "Consumption per capita",
    "info_consumption_growth": "Growth",
}
