"""A question of the demonstration store for each kind of chart that answers can begin with or be asked for."""

CHARTS = {
    "line": "How did information consumption in Xining develop by quarter from 2013 to 2015?",
    "ranked": "Which five pilots had the highest information consumption in 2015?",
    "bar": "Compare the GDP of Xining and Shenzhen in 2015 as bars",
    "column": "GDP of Xining by year from 2013 to 2015 as columns",
    "parts": "Information consumption of Xining by consumer in 2014",
    "stacked": "Information consumption of Xining by consumer and quarter in 2014",
    "map": "Map of information consumption by pilot in 2015",
    "grouped": "GDP of Xining, Beijing and Shenzhen by year from 2012 to 2015 as grouped bars",
    "heat": "GDP of Xining, Beijing and Shenzhen by year from 2012 to 2015 as a heat map",
    "multiples": "GDP of Xining, Beijing and Shenzhen by year from 2012 to 2015 as small multiples",
    "bullet": "Rank the pilots by target attainment for information consumption in 2015",
    "scatter": "Scatter plot of information consumption as a share of GDP of each pilot in 2015",
    "histogram": "How is GDP distributed among the pilots in 2015?",
    "box": "Box plot of GDP by region in 2015",
}
