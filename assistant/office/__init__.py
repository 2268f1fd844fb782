"""Write office files: what is to be printed as plain data (``paper``), and the files made of it (``word``, ``spreadsheet``).

A paper is written down once and does not know how it is printed::

    paper = Paper(
        title="设施对照表",
        blocks=(
            Heading("一、名称"),
            Text("应独立设置党建活动室……", Kind.QUOTE),
            Text("——《…指引(试行)》第四条", Kind.SOURCE),
            Grid(head=("事项", "市级"), rows=(("名称", (Text("北京市…中心"), Text("指引·第二条", Kind.SOURCE))),)),
        ),
    )
    content = write_word(paper, made_on=today)

Every file carries the label that it was made by a program, at its head and in its properties (``label``), and Chinese
typefaces with the names that Windows, macOS and Linux know them by (``typeface``); slides take theirs from the same place.
"""
