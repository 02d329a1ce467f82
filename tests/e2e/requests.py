#!/usr/bin/python3
# A customer asks to be forgotten: written down at the counter, told in the bar, done by erasing; what
# nobody had written down is offered afterwards.
import datetime

from harness import App, main, quayctl

TAB = 'Khách, sổ nợ'
ENDED = "SELECT count(*) FROM fact WHERE kind = 'request' AND field = 'outcome' AND value = 'done'"


def days_ago(n):
    vietnam = datetime.timezone(datetime.timedelta(hours=7))
    return str(datetime.datetime.now(vietnam).date() - datetime.timedelta(n))


def erase(app):
    app.press('Xoá khách hàng', 'push button', shown=False)
    app.press('Xoá hẳn', 'push button', shown=False)


def test_request_done_by_erasing():
    with App(sample=True) as app:
        quayctl(app.folder, 'customer', 'add', 'Chị Lan', '--phone', '0912345678')
        quayctl(app.folder, 'customer', 'add', 'Anh Minh')
        # Too late to be confirmed in time: the bar says so, and leads there.
        quayctl(app.folder, 'customer', 'request', 'add', 'view', '--ref', 'QT1A-000001', '--received', days_ago(9))
        app.wait_any_text('1 yêu cầu về dữ liệu cá nhân đã quá hạn.')
        app.press('Xem', 'push button', shown=False)
        app.press('Kết thúc…', 'push button', shown=False)
        app.press('Kết thúc', 'push button', shown=False)
        app.wait_value(1, ENDED)
        app.find('Không có yêu cầu nào đang chờ')
        app.key('ctrl+n')
        app.find('Khách hàng', 'text').set_text('lan')
        app.press('Ghi lại', 'push button', shown=False)
        app.wait_any_text('Chị Lan')
        app.key('Escape')
        app.press('Phiếu bán', 'push button', shown=False)
        app.press(TAB, 'push button', shown=False)
        app.find('Yêu cầu (1)', 'push button')
        quayctl(app.folder, 'customer', 'request', 'add', 'delete', 'lan')
        app.find('Yêu cầu (2)', 'push button')
        app.find('Tìm khách hàng', 'text').set_text('minh')
        app.wait_any_text('Anh Minh')
        erase(app)
        app.press('Khách yêu cầu', 'push button', shown=False)  # nobody had written it down
        app.wait_value(2, ENDED)
        app.find('Tìm khách hàng', 'text').set_text('lan')
        app.wait_any_text('Chị Lan')
        erase(app)
        app.wait_value(3, ENDED)  # what was asked for is done by it
        app.find('Yêu cầu (1)', 'push button')


if __name__ == '__main__':
    main(globals())
